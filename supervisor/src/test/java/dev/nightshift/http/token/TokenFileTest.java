package dev.nightshift.http.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.ApiToken;
import dev.nightshift.plan.Role;
import dev.nightshift.run.Permanent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {

    private final List<String> troubles = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void knows_a_bearer_by_the_secret_and_by_nothing_else() throws IOException {
        String secret = ApiToken.secret(RandomGenerator.getDefault());
        ApiToken ann = new ApiToken("ann", Role.OPERATOR, ApiToken.hash(secret));
        TokenFile file = open(ann.line());

        assertThat(file.bearers().of(secret)).contains(ann);
        assertThat(file.bearers().of(secret + " ")).isEmpty();
        assertThat(file.bearers().of("")).isEmpty();
        assertThat(file.bearers().of(ann.sha256())).as("the hash is no secret").isEmpty();
    }

    @Test
    void sees_a_token_that_is_added_and_one_that_is_taken_out() throws IOException {
        TokenFile file = open(line("ann"));
        write(line("ann") + line("ben"));
        file.lookAgain();
        assertThat(file.bearers().of("secret of ben")).isPresent();

        write(line("ben"));
        file.lookAgain();
        assertThat(file.bearers().of("secret of ann")).isEmpty();
        assertThat(troubles).isEmpty();
    }

    @Test
    void keeps_what_it_knew_while_the_file_cannot_be_read_and_says_so_once() throws IOException {
        TokenFile file = open(line("ann"));
        Files.delete(directory.resolve("tokens.yaml"));
        file.lookAgain();
        file.lookAgain();
        assertThat(troubles).singleElement().asString().contains("cannot be read");

        write("- {name: ann, rol: viewer}");
        file.lookAgain();
        file.lookAgain();
        assertThat(troubles).hasSize(2).last().asString().contains("expected the key 'role'");
        assertThat(file.bearers().of("secret of ann")).isPresent();

        write(line("ben"));
        file.lookAgain();
        assertThat(file.bearers().of("secret of ann")).isEmpty();
        assertThat(file.bearers().of("secret of ben")).isPresent();
    }

    @Test
    void refuses_to_begin_with_a_file_that_cannot_be_read() {
        assertThatThrownBy(() -> open("- {name: ann, role: boss, sha256: x}"))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("expected one of viewer, operator, approver, found 'boss'");
    }

    private TokenFile open(String text) throws IOException {
        return TokenFile.open(write(text), troubles::add);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("tokens.yaml"), text);
    }

    private static String line(String name) {
        return new ApiToken(name, Role.VIEWER, ApiToken.hash("secret of " + name)).line() + "\n";
    }
}
