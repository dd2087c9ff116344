package dev.nightshift.bench.side;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareIT {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Path directory;

    CompareIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void measures_what_each_policy_does_to_standby_application_and_table() throws Exception {
        assertThat(compare("--rows", "20000", "--policies", "update,batches-10k"))
                .isTrue();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(
                        "holds  update: every row done exactly once",
                        "holds  batches-10k: every row done exactly once");
        String json = Files.readString(directory.resolve("results.json"));
        assertThat(json)
                .contains("\"policy\": \"update\"", "\"policy\": \"batches-10k\"", "\"commits\": 1,", "\"commits\": 2");
        // A link of 20 Mbit/s needs seconds for what an UPDATE of all rows writes in less.
        // A slow machine takes longer, but no machine is faster than the link.
        assertThat(Figure.of(json, "caught_up_over_wal_over_link_rate")).isGreaterThan(0.8);
        assertThat(Figure.of(json, "caught_up_seconds")).isGreaterThanOrEqualTo(Figure.of(json, "done_seconds"));
        assertThat(Figure.of(json, "lag_seconds_max")).isPositive();
        assertThat(Figure.of(json, "table_growth")).isBetween(1.5, 2.5);
        assertThat(directory.resolve("results.md")).content().contains("| update |");
        assertThat(directory.resolve("results.svg"))
                .content()
                .startsWith("<svg")
                .endsWith("</svg>\n");
    }

    @Test
    void a_policy_that_fails_says_so_and_nothing_holds() throws Exception {
        String launcher = System.getProperty("nightshift.launcher", "");
        Path refuses = Files.writeString(directory.resolve("launcher"), """
                #!/bin/sh
                if [ "$1" = version ]; then exit 0; fi
                echo "plan.yaml: walk: not today"
                exit 2
                """);
        assertThat(refuses.toFile().setExecutable(true)).isTrue();
        System.setProperty("nightshift.launcher", refuses.toString());
        try {
            assertThat(compare("--rows", "1000", "--policies", "nightshift-heap"))
                    .isFalse();
        } finally {
            System.setProperty("nightshift.launcher", launcher);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("walk: not today", "FAILS  nightshift-heap");
        assertThat(directory.resolve("results.json")).content().contains("\"failure\"", "\"holds\": false");
    }

    private boolean compare(String... words) throws Exception {
        String[] all = Stream.concat(
                        Stream.of(words),
                        Stream.of(
                                "--link",
                                "10Mbit",
                                "--load",
                                "50",
                                "--alone",
                                "1",
                                "--checkpoints",
                                "0",
                                "--out",
                                directory.toString()))
                .toArray(String[]::new);
        return new Compare(CompareOptions.parse(all), new PrintStream(printed, true, StandardCharsets.UTF_8)).run();
    }

    /** The first number of that name. */
    private record Figure() {
        static double of(String json, String name) {
            var matcher = Pattern.compile("\"" + name + "\": ([0-9.]+)").matcher(json);
            assertThat(matcher.find()).as(name).isTrue();
            return Double.parseDouble(matcher.group(1));
        }
    }
}
