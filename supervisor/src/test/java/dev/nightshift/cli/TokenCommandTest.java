package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.ApiToken;
import dev.nightshift.plan.Role;
import dev.nightshift.plan.TokensReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {

    private final FakeDatabase database = new FakeDatabase();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void prints_a_secret_once_and_keeps_its_hash_in_a_file_of_its_owner() throws IOException {
        Path file = directory.resolve("tokens.yaml");
        String ann = typed("token", "ann", "--role", "operator", "--tokens", file.toString())
                .out()
                .strip();
        String ben = typed("token", "ben", "--role", "viewer", "--tokens", file.toString())
                .out()
                .strip();

        assertThat(ann).startsWith("nightshift_").isNotEqualTo(ben);
        assertThat(TokensReader.read("tokens.yaml", Files.readString(file)).tokens())
                .containsExactly(
                        new ApiToken("ann", Role.OPERATOR, ApiToken.hash(ann)),
                        new ApiToken("ben", Role.VIEWER, ApiToken.hash(ben)));
        assertThat(Files.readString(file)).doesNotContain(ann);
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void without_a_file_the_line_for_it_is_said_beside_the_secret() {
        Typed typed = typed("token", "ann", "--role", "approver");

        assertThat(typed.err())
                .contains("role: approver", ApiToken.hash(typed.out().strip()));
        assertThat(typed.err()).doesNotContain(typed.out().strip());
    }

    @Test
    void refuses_a_name_twice_a_name_that_is_none_and_a_role_that_is_none() throws IOException {
        Path file = Files.writeString(
                directory.resolve("tokens.yaml"),
                "- {name: ann, role: viewer, sha256: \"" + ApiToken.hash("x") + "\"}");
        Typed twice = typed("token", "ann", "--role", "viewer", "--tokens", file.toString());
        assertThat(twice.code()).isEqualTo(2);
        assertThat(twice.err()).contains("has a token of ann already");
        assertThat(typed("token", "ann b", "--role", "viewer").code()).isEqualTo(2);
        assertThat(typed("token", "ann", "--role", "boss").err()).contains("expected viewer, operator or approver");
        assertThat(typed("token", "ann").code()).isEqualTo(2);
    }

    private Typed typed(String... arguments) {
        return Typed.in(database, arguments);
    }
}
