package dev.nightshift.bench.side;

import dev.nightshift.bench.policy.PolicyKind;
import dev.nightshift.sandbox.Program;
import dev.nightshift.sandbox.SandboxFailed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The program behind {@code nightshift bench}: the policies one after another, and what they came to. */
public final class Compare {

    private final CompareOptions options;
    private final PrintStream out;

    public Compare(CompareOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Whether every threshold holds. */
    public boolean run() throws IOException, InterruptedException {
        Path directory = options.directory().isPresent()
                ? Files.createDirectories(options.directory().get())
                : Files.createTempDirectory("nightshift-bench-");
        say("%s%nbudget of the standby's lag: 5 s and 256 MB", options);
        if (options.policies().stream().anyMatch(PolicyKind::isNightshift)) {
            warmUp();
        }
        Results results = measure(new Stage(options, Files.createTempDirectory("nightshift-bench-plans-")));
        say("%n%s", ResultTable.text(results));
        results.thresholds().forEach(threshold -> say("%s", threshold.line()));
        Files.writeString(directory.resolve("results.json"), ResultJson.of(results));
        Files.writeString(directory.resolve("results.md"), ResultTable.markdown(results));
        Files.writeString(directory.resolve("results.svg"), ResultChart.of(results));
        say("results.json, results.md and results.svg are in %s", directory);
        return results.hold();
    }

    /** The first call after a build archives the classes, which takes seconds once. */
    private static void warmUp() throws IOException, InterruptedException {
        Path output = Files.createTempFile("nightshift-bench-", ".out");
        if (new Program(Optional.empty(), "").start(output, "version").waitFor() != 0) {
            throw new SandboxFailed("nightshift does not start: " + Files.readString(output));
        }
    }

    private Results measure(Stage stage) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (PolicyKind kind : options.policies()) {
            say("%s: %s ...", kind.word(), kind.meaning());
            Outcome outcome = Round.of(options, kind, stage);
            outcome.figures()
                    .ifPresent(seen -> say(
                            "  done after %.1f s, standby caught up after %.1f s",
                            seen.times().done(), seen.times().caughtUp()));
            outcome.failure().ifPresent(why -> say("  failed: %s", why));
            outcomes.add(outcome);
        }
        return new Results(options, outcomes, Thresholds.of(outcomes, options));
    }

    private void say(String form, Object... values) {
        out.printf(Locale.ROOT, form + "%n", values);
    }
}
