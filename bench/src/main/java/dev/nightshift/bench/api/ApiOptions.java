package dev.nightshift.bench.api;

import dev.nightshift.bench.options.LinkRate;
import dev.nightshift.bench.options.Options;
import java.util.List;

/** How many requests a second for how long, beside how many event streams and a run over how many rows. */
record ApiOptions(int rate, int seconds, int streams, int connections, long rows, LinkRate link) {

    static ApiOptions parse(String... words) {
        Options options =
                Options.parse(List.of("--rate", "--seconds", "--streams", "--connections", "--rows", "--link"), words);
        return new ApiOptions(
                (int) options.number("--rate", 1_000, 1, 100_000),
                (int) options.number("--seconds", 60, 1, 3_600),
                (int) options.number("--streams", 200, 0, 1_000),
                (int) options.number("--connections", 64, 1, 1_000),
                options.number("--rows", 1_000_000, 10_000, 100_000_000),
                LinkRate.parse(options.text("--link").orElse("80Mbit")));
    }
}
