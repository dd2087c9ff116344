package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.run.Permanent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordsTest {

    private static final DatabaseUrl SHOP = DatabaseUrl.parse("postgresql://mig@primary:5433/shop");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void the_environment_comes_before_files() throws IOException {
        Map<String, String> environment = Map.of(
                "PGPASSWORD",
                "b",
                "NIGHTSHIFT_PASSWORD",
                "a",
                "PGPASSFILE",
                passfile("*:*:*:*:c").toString());
        assertThat(Passwords.find(SHOP, environment)).contains("a");
    }

    @Test
    void a_secret_file_holds_the_password_without_its_last_line_break() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "p:w\\d\n");
        assertThat(Passwords.find(SHOP, Map.of("NIGHTSHIFT_PASSWORD_FILE", file.toString())))
                .contains("p:w\\d");
    }

    @Test
    void a_secret_file_that_is_not_there_is_said() {
        assertThatThrownBy(() -> Passwords.find(SHOP, Map.of("NIGHTSHIFT_PASSWORD_FILE", folder + "/none")))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("/none");
    }

    @Test
    void the_first_matching_line_of_a_password_file_counts() throws IOException {
        Path file = passfile("# no\nprimary:5432:shop:mig:port\nprimary:*:sh\\op:mig:a\\:b\\\\\n*:*:*:*:later");
        assertThat(Passwords.find(SHOP, Map.of("PGPASSFILE", file.toString()))).contains("a:b\\");
    }

    @Test
    void a_password_file_that_others_may_read_is_not_used() throws IOException {
        Path file = passfile("*:*:*:*:open");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Passwords.find(SHOP, Map.of("PGPASSFILE", file.toString()))).isEmpty();
    }

    private Path passfile(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("pgpass"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
