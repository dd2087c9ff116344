package dev.nightshift.bench.side;

import dev.nightshift.bench.options.LinkRate;
import dev.nightshift.bench.options.Options;
import dev.nightshift.bench.policy.KeyKind;
import dev.nightshift.bench.policy.PolicyKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is compared and how.
 *
 * @param checkpoints forced during each run, spread over its progress
 * @param load operations of the application a second
 * @param alone for how many seconds the load runs by itself before each policy
 * @param directory where the results go; a fresh one where it is empty
 */
public record CompareOptions(
        long rows,
        LinkRate link,
        KeyKind key,
        int checkpoints,
        List<PolicyKind> policies,
        int load,
        int alone,
        Optional<Path> directory) {

    public static final String USAGE = """
            Usage: nightshift bench [OPTIONS]
            Changes every row of a table by one policy after another, each on a fresh primary with one standby behind a slow
            link, under the same load; prints what each did to the standby, the application and the table.

              --rows N                rows of the table, from 1000 (default: 1000000)
              --link RATE             what the link to the standby carries: 80Mbit, 1Gbit, unlimited (default: 80Mbit)
              --key sequence|uuid     a bigint key in the order of the rows, or a random uuid (default: sequence)
              --checkpoints N         forced during each run, spread over its progress
                                      (default: 1 with --key sequence, 10 with --key uuid)
              --policies A,B          which, in this order (default: all)
            %s
              --load N                operations of the application a second (default: 200)
              --alone SECONDS         how long the load runs alone before each policy (default: 20)
              --out DIR               where results.json, results.md and results.svg go (default: a fresh directory)

            Other benches: nightshift bench walk, keep-old, variants, reaction, footprint, lint; each with --help.
            Exit codes: 0 every threshold holds, 1 one does not or the measurement failed, 2 the command is not written
            correctly.
            """.formatted(Arrays.stream(PolicyKind.values())
            .map(kind -> "                  %-18s %s".formatted(kind.word(), kind.meaning()))
            .collect(Collectors.joining("\n")));

    private static final List<String> NAMES =
            List.of("--rows", "--link", "--key", "--checkpoints", "--policies", "--load", "--alone", "--out");

    public CompareOptions {
        policies = List.copyOf(policies);
    }

    public static CompareOptions parse(String... words) {
        Options options = Options.parse(NAMES, words);
        KeyKind key = options.choice("--key", KeyKind.SEQUENCE, KeyKind.values(), KeyKind::word);
        return new CompareOptions(
                options.number("--rows", 1_000_000, 1_000, 100_000_000),
                LinkRate.parse(options.text("--link").orElse("80Mbit")),
                key,
                (int) options.number("--checkpoints", key == KeyKind.UUID ? 10 : 1, 0, 1_000),
                options.choices("--policies", PolicyKind.values(), PolicyKind::word),
                (int) options.number("--load", 200, 1, 100_000),
                (int) options.number("--alone", 20, 1, 3_600),
                options.text("--out").map(Path::of));
    }

    /** In one line, as it stands over the results. */
    @Override
    public String toString() {
        return "%,d rows, %s key, link %s, %d operations/s, checkpoints forced: %d"
                .formatted(rows, key.word(), link, load, checkpoints);
    }

    /** The command that measures the same again. */
    public String command() {
        return "./nightshift bench --rows %d --link %s --key %s --checkpoints %d --policies %s --load %d --alone %d"
                .formatted(
                        rows,
                        link.word(),
                        key.word(),
                        checkpoints,
                        policies.stream().map(PolicyKind::word).collect(Collectors.joining(",")),
                        load,
                        alone);
    }
}
