package dev.nightshift.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.guards.lint.Runner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlFilesTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void a_directory_is_taken_in_flyways_order_whatever_the_subdirectory() throws IOException {
        for (String file : List.of(
                "V10__b.sql",
                "V2__a.sql",
                "old/V1.2__x.sql",
                "old/V1_10__y.sql",
                "R__views.sql",
                "U2__a.sql",
                "step10.sql",
                "step9.sql",
                "V3__not.txt",
                "V1.0__first.SQL")) {
            write(file, "SELECT 1;");
        }

        assertThat(names(directory.toString()))
                .containsExactly(
                        "old/V1.2__x.sql",
                        "old/V1_10__y.sql",
                        "V2__a.sql",
                        "V10__b.sql",
                        "U2__a.sql",
                        "R__views.sql",
                        "V1.0__first.SQL",
                        "step9.sql",
                        "step10.sql");
    }

    @Test
    void a_down_script_beside_a_file_is_seen() throws IOException {
        write("V2__a.sql", "");
        write("U2__a.sql", "");
        write("V3__b.sql", "");
        write("one.up.sql", "");
        write("one.down.sql", "");

        assertThat(SqlFiles.named(List.of(directory.toString())).stream()
                        .filter(SqlFile::undoDeclared)
                        .map(file -> Path.of(file.name()).getFileName().toString()))
                .containsExactly("V2__a.sql", "one.up.sql");
        assertThat(SqlFiles.named(List.of(path("V2__a.sql"), path("V3__b.sql"))).stream()
                        .map(SqlFile::undoDeclared))
                .containsExactly(true, false);
    }

    @Test
    void flyways_script_configuration_says_whether_a_file_runs_in_a_transaction() throws IOException {
        write("V1__a.sql", "SELECT 1;");
        write("V1__a.sql.conf", "# slow\nexecuteInTransaction = false\n");

        SqlFile file = SqlFiles.named(List.of(path("V1__a.sql"))).get(0);

        assertThat(file.read(Runner.FLYWAY, InputStream.nullInputStream()).inTransaction())
                .isEqualTo(Optional.of(false));
        assertThat(file.read(Runner.PSQL, InputStream.nullInputStream()).inTransaction())
                .isEmpty();
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_statement() throws IOException {
        write("a.sql", "\uFEFFSELECT 1;");

        SqlFile file = SqlFiles.named(List.of(path("a.sql"))).get(0);

        assertThat(file.read(Runner.PSQL, InputStream.nullInputStream()).text()).isEqualTo("SELECT 1;");
    }

    @Test
    void what_cannot_be_read_is_named_with_the_reason() throws IOException {
        Files.write(directory.resolve("latin.sql"), new byte[] {'S', (byte) 0xE4});
        Files.createDirectory(directory.resolve("empty"));

        assertThatThrownBy(() -> SqlFiles.named(List.of(path("no.sql"))))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("no.sql")
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> SqlFiles.named(List.of(path("empty")))).hasMessageContaining("holds no file");
        SqlFile latin = SqlFiles.named(List.of(path("latin.sql"))).get(0);
        assertThatThrownBy(() -> latin.read(Runner.PSQL, InputStream.nullInputStream()))
                .hasMessageContaining("it is not UTF-8 text");
    }

    private List<String> names(String name) {
        return SqlFiles.named(List.of(name)).stream()
                .map(file -> directory.relativize(Path.of(file.name())).toString())
                .toList();
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
