package dev.nightshift.bench.walk;

import dev.nightshift.bench.options.Options;
import java.util.List;

/** Which walks are measured, and with how much. */
record WalkOptions(List<WalkKind> walks, long rows, int batch, int rounds) {

    WalkOptions {
        walks = List.copyOf(walks);
    }

    static WalkOptions parse(String... words) {
        Options options = Options.parse(List.of("--walk", "--rows", "--batch", "--rounds"), words);
        return new WalkOptions(
                options.choices("--walk", WalkKind.values(), WalkKind::word),
                options.number("--rows", 3_000_000, 1_000, 100_000_000),
                (int) options.number("--batch", 50_000, 1, 100_000),
                (int) options.number("--rounds", 5, 1, 100));
    }
}
