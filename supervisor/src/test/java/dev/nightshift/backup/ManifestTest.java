package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.plan.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    private final Path directory;

    ManifestTest(@TempDir Path directory) {
        this.directory = directory;
    }

    static Manifest manifest(List<DumpedTable> tables, List<Manifest.DumpedFile> files) {
        return new Manifest(
                "7f3kmq",
                "abc",
                "shop",
                "73/5",
                "15.18",
                "16.2",
                Lsn.parse("16/B374D848"),
                Instant.parse("2026-11-22T02:00:00Z"),
                "cafe",
                tables,
                files);
    }

    @Test
    void reads_back_what_it_wrote() throws IOException {
        Manifest manifest = manifest(
                List.of(new DumpedTable(new TableName("Shop", "a \"b\""), 4_000_000_000L, true, ByteSize.ZERO, "ff")),
                List.of(new Manifest.DumpedFile("toc.dat", 12, "aa"), new Manifest.DumpedFile("1.dat.gz", 30, "bb")));
        Files.writeString(directory.resolve(Manifest.NAME), manifest.text());
        assertThat(Manifest.read(directory)).isEqualTo(manifest);
        assertThat(manifest.size()).isEqualTo(new ByteSize(42));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"format\": 2}", "{\"format\": 1, \"run\": 3}"})
    void refuses_what_is_no_manifest(String text) throws IOException {
        Files.writeString(directory.resolve(Manifest.NAME), text);
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.read(directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../other/toc.dat"})
    void refuses_files_outside_the_archive(String name) {
        String text = manifest(List.of(), List.of(new Manifest.DumpedFile(name, 1, "aa")))
                .text();
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(text));
    }
}
