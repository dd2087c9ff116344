package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokensReaderTest {

    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    @Test
    void reads_what_the_command_writes() {
        List<ApiToken> tokens = List.of(
                new ApiToken("ann", Role.APPROVER, HASH),
                new ApiToken("no", Role.OPERATOR, HASH),
                new ApiToken("4711", Role.VIEWER, HASH));
        String text = String.join("\n", tokens.stream().map(ApiToken::line).toList());

        assertThat(TokensReader.read("tokens.yaml", text)).isEqualTo(new TokensReading(tokens, List.of()));
    }

    @Test
    void reports_every_problem_at_once_and_never_a_hash() {
        assertThat(TokensReader.read("tokens.yaml", """
                - {name: ann, role: operater, sha256: "%s"}
                - {name: ann, role: viewer, sha256: "abc"}
                - {name: "a b", role: viewer, sha256: "%s"}
                - {name: ben, role: viewer, token: "%s"}
                - {name: eve, role: viewer, sha256: "abc"}
                """.formatted(HASH, HASH, HASH)).problems().stream()
                        .map(PlanProblem::toString))
                .hasSize(6)
                .anySatisfy(problem -> assertThat(problem).contains("[0].role", "did you mean 'operator'"))
                .anySatisfy(problem -> assertThat(problem).contains("[1].name", "found 'ann' again"))
                .anySatisfy(problem -> assertThat(problem).contains("[2]", "found 'a b'"))
                .anySatisfy(problem -> assertThat(problem).contains("[3].sha256", "found none"))
                .allSatisfy(problem -> assertThat(problem).doesNotContain("9f86"));
    }

    @Test
    void a_secret_has_256_random_bits_and_is_not_its_hash() {
        String secret = ApiToken.secret(new java.security.SecureRandom());

        assertThat(secret).matches("nightshift_[0-9a-f]{64}");
        assertThat(ApiToken.hash(secret)).matches("[0-9a-f]{64}").isNotEqualTo(secret.substring(11));
        assertThat(ApiToken.hash("test")).isEqualTo(HASH);
    }

    @Test
    void a_role_may_do_what_a_weaker_one_may() {
        assertThat(Role.APPROVER.covers(Role.OPERATOR)).isTrue();
        assertThat(Role.OPERATOR.covers(Role.OPERATOR)).isTrue();
        assertThat(Role.VIEWER.covers(Role.OPERATOR)).isFalse();
    }
}
