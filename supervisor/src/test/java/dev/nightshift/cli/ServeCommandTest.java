package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {

    private final FakeDatabase database = new FakeDatabase();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void serves_the_databases_of_the_settings_and_logs_a_json_line_an_event() throws IOException {
        Typed typed = Typed.in(database, "serve", settings("databases: [{url: \"" + Typed.URL + "\"}]"));

        assertThat(database.done).containsExactly("served shop at " + Typed.URL);
        assertThat(typed.out().lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "{\"apiVersion\":\"nightshift.dev/v1\",\"kind\":\"SupervisorEvent\",\"database\":\"shop\"")
                        .contains("no answer"))
                .anySatisfy(line -> assertThat(line).contains("RunEvent", "\"run\":\"7f3kmq\"", "backup ready"));
    }

    @Test
    void refuses_settings_with_problems_and_serves_nothing() throws IOException {
        String file = settings("databases: [{uri: x}]\nmetric: {}\n");
        Typed typed = Typed.in(database, "serve", file);

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith(file + ":"));
        assertThat(database.done).isEmpty();
    }

    @Test
    void says_so_when_there_is_no_such_file() {
        Typed typed = Typed.in(database, "serve", directory.resolve("none.yaml").toString());

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("none.yaml cannot be read: there is no such file");
    }

    private String settings(String text) throws IOException {
        return Files.writeString(directory.resolve("serve.yaml"), text).toString();
    }
}
