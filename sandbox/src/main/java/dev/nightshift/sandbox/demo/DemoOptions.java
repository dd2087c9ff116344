package dev.nightshift.sandbox.demo;

import dev.nightshift.sandbox.Binaries;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the words behind {@code nightshift demo} ask for. */
record DemoOptions(
        Scenario scenario,
        long rows,
        long seed,
        Binaries.Source postgres,
        OptionalInt metricsPort,
        OptionalInt pagePort) {

    static final String USAGE = """
            Usage: nightshift demo [--scenario success|abort] [--rows N] [--seed N] [--postgres system|bundled]
                                  [--metrics-port PORT] [--page-port PORT]
            Runs a heavy migration on a real PostgreSQL primary with a standby behind a slow link, on this machine.

              --scenario success|abort   success: the link goes bad for a while (the default)
                                         abort: it stays bad until the abort plan runs
              --rows N                   orders in the table, from 10000 (default: 200000)
              --seed N                   decides when the link goes bad; printed at the start
              --postgres system|bundled  the installed PostgreSQL, or the one that the build brings along
                                         (default: the installed one, else the other)
              --metrics-port PORT        the run shows its metrics there, and for some seconds after its end
              --page-port PORT           the page of `nightshift serve` is there, until you press Enter after the end

            Exit codes:
              0   the migration succeeded and every check passed
              5   --scenario abort: the abort plan is complete and every check passed
              1   a check did not pass
              2   the command is not written correctly
              else what `nightshift run` ended with, when that was not expected
            """;

    private static final long LEAST_ROWS = 10_000;
    private static final long MOST_ROWS = 50_000_000;
    private static final long MOST_PORTS = 65_535;
    private static final Map<String, Binaries.Source> SOURCES =
            Map.of("system", Binaries.Source.INSTALLED, "bundled", Binaries.Source.BUNDLED);

    static DemoOptions defaults() {
        return new DemoOptions(
                Scenario.SUCCESS,
                200_000,
                new SecureRandom().nextInt(1_000_000),
                Binaries.Source.ANY,
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with a sentence for the person who wrote it
     */
    static DemoOptions parse(String... arguments) {
        Deque<String> words = new ArrayDeque<>(Arrays.asList(arguments));
        DemoOptions options = defaults();
        while (!words.isEmpty()) {
            String word = words.remove();
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            Optional<String> value = Optional.ofNullable(equals < 0 ? words.poll() : word.substring(equals + 1));
            options = options.with(name, value.orElse(""));
        }
        return options;
    }

    private DemoOptions with(String name, String value) {
        return switch (name) {
            case "--scenario" -> new DemoOptions(scenario(value), rows, seed, postgres, metricsPort, pagePort);
            case "--rows" ->
                new DemoOptions(
                        scenario, number(name, value, LEAST_ROWS, MOST_ROWS), seed, postgres, metricsPort, pagePort);
            case "--seed" ->
                new DemoOptions(
                        scenario, rows, number(name, value, 0, Long.MAX_VALUE), postgres, metricsPort, pagePort);
            case "--postgres" -> new DemoOptions(scenario, rows, seed, source(value), metricsPort, pagePort);
            case "--metrics-port" -> new DemoOptions(scenario, rows, seed, postgres, port(name, value), pagePort);
            case "--page-port" -> new DemoOptions(scenario, rows, seed, postgres, metricsPort, port(name, value));
            default ->
                throw new IllegalArgumentException(
                        "expected one of --scenario, --rows, --seed, --postgres, --metrics-port and --page-port, found '"
                                + name + "'");
        };
    }

    private static OptionalInt port(String name, String value) {
        return OptionalInt.of((int) number(name, value, 1, MOST_PORTS));
    }

    private static Scenario scenario(String value) {
        return Arrays.stream(Scenario.values())
                .filter(scenario -> scenario.word().equals(value.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("--scenario: expected success or abort, found '" + value + "'"));
    }

    private static Binaries.Source source(String value) {
        return Optional.ofNullable(SOURCES.get(value))
                .orElseThrow(() ->
                        new IllegalArgumentException("--postgres: expected system or bundled, found '" + value + "'"));
    }

    private static long number(String name, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below in the same words.
        }
        throw new IllegalArgumentException(
                name + ": expected a whole number from " + least + " to " + most + ", found '" + value + "'");
    }
}
