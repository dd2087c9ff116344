package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.LibpqEnvironment;
import dev.nightshift.plan.TableName;
import dev.nightshift.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DumpProgramTest {

    private static final PostgresTools TOOLS =
            new PostgresTools(Path.of("/pg/pg_dump"), Path.of("/pg/pg_restore"), 15, "15.18");

    private static List<String> command(TableName... tables) {
        BackupSpec.Dump spec = new BackupSpec.Dump(
                Path.of("/backups"), 3, List.of(tables), BackupSpec.Verification.READABLE, Duration.ZERO);
        List<DumpedTable> dumped = List.of(
                new DumpedTable(new TableName("public", "orders"), 1, false, ByteSize.ZERO, ""),
                new DumpedTable(new TableName("Shop", "odd\"name*"), 2, true, ByteSize.ZERO, ""));
        return DumpProgram.arguments(TOOLS, spec, dumped, Path.of("/backups/x.partial"));
    }

    @Test
    void names_each_table_so_that_no_letter_of_it_is_a_pattern() {
        assertThat(command(new TableName("public", "orders")))
                .startsWith("/pg/pg_dump", "--format=directory", "--jobs=3", "--lock-wait-timeout=2000")
                .contains("--table=\"public\".\"orders\"", "--table=\"Shop\".\"odd\"\"name*\"")
                .contains("--exclude-schema=nightshift", "--file=/backups/x.partial");
    }

    @Test
    void a_whole_database_needs_no_names() {
        assertThat(command())
                .noneMatch(argument -> argument.startsWith("--table"))
                .contains("--no-password");
    }

    @Test
    void connects_by_variables_with_the_sessions_name() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://me@a:1,b:2/shop?sslmode=verify-full&sslrootcert=/ca.pem");
        assertThat(LibpqEnvironment.of(url, "nightshift/7f3kmq/3/dump"))
                .containsEntry("PGHOST", "a,b")
                .containsEntry("PGPORT", "1,2")
                .containsEntry("PGUSER", "me")
                .containsEntry("PGDATABASE", "shop")
                .containsEntry("PGSSLMODE", "verify-full")
                .containsEntry("PGSSLROOTCERT", "/ca.pem")
                .containsEntry("PGTARGETSESSIONATTRS", "primary")
                .containsEntry("PGAPPNAME", "nightshift/7f3kmq/3/dump");
    }

    @Test
    void a_password_file_is_for_its_owner_only_and_gone_when_closed() throws IOException {
        RunId run = new RunId("pwtest");
        Path stale = PasswordFile.of(run, "left by a killed worker").path();
        Path path;
        try (PasswordFile file = PasswordFile.of(run, "a:b\\c")) {
            path = file.path();
            assertThat(stale).doesNotExist();
            assertThat(path).hasContent("*:*:*:*:a\\:b\\\\c");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
        }
        assertThat(path).doesNotExist();
    }
}
