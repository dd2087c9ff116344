package dev.nightshift.bench.reaction;

import dev.nightshift.bench.options.Options;
import java.util.List;

/** Which faults are measured, how often, and in a table of which size. */
record ReactionOptions(List<Fault> faults, long rows, String walk, int rounds) {

    private static final String[] WALKS = {"key", "heap"};

    ReactionOptions {
        faults = List.copyOf(faults);
    }

    static ReactionOptions parse(String... words) {
        Options options = Options.parse(List.of("--faults", "--rows", "--walk", "--rounds"), words);
        return new ReactionOptions(
                options.choices("--faults", Fault.values(), Fault::word),
                options.number("--rows", 600_000, 10_000, 100_000_000),
                options.choice("--walk", "key", WALKS, word -> word),
                (int) options.number("--rounds", 3, 1, 100));
    }
}
