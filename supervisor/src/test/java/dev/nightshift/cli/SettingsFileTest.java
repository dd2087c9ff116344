package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.ServeReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void is_read_again_when_it_was_changed_and_once_for_each_time_that_somebody_asked() throws IOException {
        Path file = write("shop");
        SettingsFile settings = new SettingsFile(file);
        assertThat(settings.read().settings()).isPresent();
        assertThat(settings.changed()).isEmpty();

        write("another");
        assertThat(settings.changed().flatMap(ServeReading::settings))
                .hasValueSatisfying(
                        now -> assertThat(now.databases().get(0).name()).isEqualTo("another"));
        assertThat(settings.changed()).isEmpty();

        settings.ask();
        assertThat(settings.changed()).isPresent();
        assertThat(settings.changed()).isEmpty();
    }

    @Test
    void a_link_that_leads_to_another_file_is_a_change() throws IOException {
        Path link = directory.resolve("link.yaml");
        Files.createSymbolicLink(link, write("shop"));
        SettingsFile settings = new SettingsFile(link);
        settings.read();

        Path other = Files.writeString(directory.resolve("other.yaml"), text("shop"));
        Files.delete(link);
        Files.createSymbolicLink(link, other);
        assertThat(settings.changed()).isPresent();
    }

    @Test
    void a_file_that_is_gone_is_told_once_and_read_when_it_is_back() throws IOException {
        Path file = write("shop");
        SettingsFile settings = new SettingsFile(file);
        settings.read();

        Files.delete(file);
        Optional<ServeReading> gone = settings.changed();
        assertThat(gone.map(ServeReading::problems).orElseThrow())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("cannot be read: NoSuchFile"));
        assertThat(settings.changed()).isEmpty();
        write("shop");
        assertThat(settings.changed().flatMap(ServeReading::settings)).isPresent();
    }

    private Path write(String database) throws IOException {
        return Files.writeString(directory.resolve("serve.yaml"), text(database));
    }

    private static String text(String database) {
        return "databases: [{url: \"postgresql://m@host/" + database + "\"}]\n";
    }
}
