package dev.nightshift.guards.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.lint.script.Piece;
import dev.nightshift.guards.lint.script.Splitter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever stands in a file, linting it ends in findings with places inside the file: no exception, no hang. For a longer
 * walk: {@code -Dnightshift.fuzz.seconds=60}; to repeat one: {@code -Dnightshift.seed=…}.
 */
@Timeout(300)
class LintFuzzTest {
    private static final long SEED = Long.getLong("nightshift.seed", System.nanoTime());
    private static final long SECONDS = Long.getLong("nightshift.fuzz.seconds", 0);

    @Test
    void pieces_lie_in_the_text_one_behind_the_other() {
        walk(20_000, script -> {
            int end = 0;
            for (Piece piece : Splitter.split(script).all()) {
                assertThat(piece.start()).isBetween(0, piece.end());
                assertThat(piece.end()).isLessThanOrEqualTo(script.length());
                if (piece.kind() == Piece.Kind.STATEMENT) {
                    assertThat(piece.start()).isGreaterThanOrEqualTo(end);
                    assertThat(piece.text()).hasSize(piece.end() - piece.start());
                    end = piece.end();
                }
            }
        });
    }

    @Test
    void findings_lie_in_the_text() {
        walk(400, script -> {
            List<String> lines = List.of(script.split("\n", -1));
            for (LintFinding finding : Linting.lint(script)) {
                assertThat(finding.line()).as("%s", finding).isBetween(1, lines.size());
                assertThat(finding.column())
                        .as("%s", finding)
                        .isBetween(1, lines.get(finding.line() - 1).length() + 1);
                assertThat(finding.message()).isNotBlank();
            }
        });
    }

    private static void walk(int scripts, Consumer<String> check) {
        Mutations mutations = new Mutations(SEED);
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        int done = 0;
        while (done < scripts || System.nanoTime() < end) {
            String script = mutations.next();
            try {
                check.accept(script);
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError("seed " + SEED + ", script " + done + ":\n" + script, e);
            }
            done++;
        }
        System.out.println("seed " + SEED + ": " + done + " scripts");
    }
}
