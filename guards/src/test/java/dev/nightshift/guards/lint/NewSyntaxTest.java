package dev.nightshift.guards.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NewSyntaxTest {
    record Case(boolean flagged, int server, String sql) {
        static Case of(String line) {
            String[] head = line.substring(0, line.indexOf(" | ")).trim().split("\\s+", -1);
            return new Case(head[0].equals("flag"), Integer.parseInt(head[1]), line.substring(line.indexOf(" | ") + 3));
        }
    }

    static Stream<Case> cases() {
        return Examples.lines("syntax.txt").stream()
                .filter(line -> !line.startsWith("#"))
                .map(Case::of);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void what_an_older_server_does_not_know_is_found(Case example) {
        assertThat(Linting.of("SYNTAX-TOO-NEW", Linting.lintFor(example.server(), example.sql())))
                .hasSize(example.flagged() ? 1 : 0);
    }

    @Test
    void a_function_of_the_script_may_have_the_name_of_a_newer_one() {
        String sql =
                "CREATE FUNCTION uuidv7() RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()'; SELECT uuidv7()";
        assertThat(Linting.of("SYNTAX-TOO-NEW", Linting.lintFor(15, sql))).isEmpty();
    }
}
