package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a hand slips into a plan, reading it ends in a plan or in problems with places inside the file. For a longer
 * walk: {@code -Dnightshift.fuzz.seconds=60}; to repeat one: {@code -Dnightshift.seed=…}.
 */
@Timeout(300)
class PlanMutationTest {

    private static final int WALKS = 3_000;
    private static final List<String> STARTS = List.of(Plans.SMALL, Plans.FULL, Plans.FULL, Plans.RECIPES);
    private static final List<String> SCRAPS = List.of(
            ":",
            "- ",
            "\n",
            "\t",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "#",
            "&a ",
            "*a",
            "!!int ",
            "|",
            ">",
            "---\n",
            "...\n",
            "%YAML 3.0\n",
            "null",
            "~",
            "true",
            "1",
            "-1",
            "1e9",
            "99999999999999999999",
            "\0",
            "\uFFFD",
            "\uD83D\uDE00",
            "\uD83D",
            "\\",
            "$$",
            "/*",
            "--",
            ";",
            "(",
            ")",
            "1s",
            "for",
            "? ",
            "<<: ",
            ", ",
            "steps",
            "set",
            "name: x\n",
            "2026-13-45",
            "0 0 * * *",
            "%",
            "@",
            "`",
            "\u0085",
            "\u2028",
            "\u202E",
            "    ");

    @Test
    void a_walk_of_random_edits_never_throws() {
        long seed = Long.getLong("nightshift.seed", System.nanoTime());
        Random random = new Random(seed);
        long end = System.nanoTime() + Long.getLong("nightshift.fuzz.seconds", 0) * 1_000_000_000L;
        int accepted = 0;
        int walk = 0;
        for (; walk < WALKS || System.nanoTime() < end; walk++) {
            String plan = STARTS.get(random.nextInt(STARTS.size()));
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                plan = edit(plan, random);
            }
            accepted += read(plan, seed, walk) ? 1 : 0;
        }
        assertThat(accepted).as("plans that survive their edits; seed " + seed).isBetween(1, walk - 1);
        System.out.println("seed " + seed + ": " + walk + " plans");
    }

    private static boolean read(String plan, long seed, int walk) {
        PlanReading reading;
        try {
            reading = PlanReader.read("plan.yaml", plan, Plans.DIRECTORY);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + ", walk " + walk + ":\n" + plan, e);
        }
        if (reading instanceof PlanReading.Refused refused) {
            long lines = plan.lines().count();
            assertThat(refused.problems())
                    .as("seed %d, walk %d:%n%s", seed, walk, plan)
                    .allSatisfy(problem -> {
                        assertThat((long) problem.line()).isBetween(1L, lines + 2);
                        assertThat(problem.message()).startsWith("expected ").contains("found ");
                        assertThat(problem.toString()).doesNotContainPattern("\\p{Cntrl}");
                    });
            return false;
        }
        return true;
    }

    private static String edit(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(1 + random.nextInt(20)));
        String scrap = SCRAPS.get(random.nextInt(SCRAPS.size()));
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + scrap + text.substring(from);
            case 2 -> text.substring(0, from) + scrap + text.substring(to);
            case 3 -> text.substring(0, to) + text.substring(from, to) + text.substring(to);
            case 4 -> text.substring(0, from) + (char) random.nextInt(0x300) + text.substring(from);
            default -> swappedLines(text, random);
        };
    }

    private static String swappedLines(String text, Random random) {
        String[] lines = text.split("\n", -1);
        int one = random.nextInt(lines.length);
        int other = random.nextInt(lines.length);
        String line = lines[one];
        lines[one] = lines[other];
        lines[other] = line;
        return String.join("\n", lines);
    }
}
