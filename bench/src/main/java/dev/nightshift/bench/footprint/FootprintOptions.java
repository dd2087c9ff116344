package dev.nightshift.bench.footprint;

import dev.nightshift.bench.options.Options;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How many databases one supervisor gets, for how long it is watched, and which tables are run through. */
record FootprintOptions(List<Integer> databases, int seconds, List<Long> rows, String walk) {

    private static final String[] WALKS = {"key", "heap"};
    private static final int LEAST_SIZES = 3;

    FootprintOptions {
        databases = List.copyOf(databases);
        rows = List.copyOf(rows);
        if (rows.size() < LEAST_SIZES) {
            throw new IllegalArgumentException("--rows: expected at least three sizes, found " + rows);
        }
    }

    static FootprintOptions parse(String... words) {
        Options options = Options.parse(List.of("--databases", "--seconds", "--rows", "--walk"), words);
        return new FootprintOptions(
                numbers(options, "--databases", "1,10,100", 1_000).stream()
                        .map(Long::intValue)
                        .toList(),
                (int) options.number("--seconds", 60, 1, 3_600),
                numbers(options, "--rows", "100000,200000,400000", 100_000_000),
                options.choice("--walk", "key", WALKS, word -> word));
    }

    private static List<Long> numbers(Options options, String name, String usual, long most) {
        String words = options.text(name).orElse(usual);
        return Arrays.stream(words.split(",", -1))
                .map(word -> new Options(Map.of(name, word)).number(name, 0, 1, most))
                .distinct()
                .sorted()
                .toList();
    }
}
