package dev.nightshift.bench;

import dev.nightshift.bench.api.ApiLoad;
import dev.nightshift.bench.footprint.Footprint;
import dev.nightshift.bench.reaction.Reaction;
import dev.nightshift.bench.side.Compare;
import dev.nightshift.bench.side.CompareOptions;
import dev.nightshift.bench.walk.KeptCost;
import dev.nightshift.bench.walk.Variants;
import dev.nightshift.bench.walk.WalkSpeed;
import dev.nightshift.sandbox.SandboxFailed;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The program behind {@code nightshift bench}: the first word says which measurement. */
public final class Bench {
    private static final int MISTAKE = 2;

    /** One measurement: whether all that was asked of it held. */
    private interface Measurement {
        boolean measure(String... words) throws IOException, InterruptedException;
    }

    private record Command(String usage, Measurement measurement) {}

    private static final Command COMPARE =
            new Command(CompareOptions.USAGE, words -> new Compare(CompareOptions.parse(words), System.out).run());

    private static final Map<String, Command> OTHERS = Map.of(
            "walk", new Command(WalkSpeed.USAGE, WalkSpeed::run),
            "keep-old", new Command(KeptCost.USAGE, KeptCost::run),
            "variants", new Command(Variants.USAGE, Variants::run),
            "reaction", new Command(Reaction.USAGE, Reaction::run),
            "footprint", new Command(Footprint.USAGE, Footprint::run),
            "api", new Command(ApiLoad.USAGE, ApiLoad::run),
            "lint", new Command(LintSpeed.USAGE, LintSpeed::run));

    private Bench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String first = arguments.length == 0 ? "" : arguments[0];
        boolean named = OTHERS.containsKey(first);
        Command command = OTHERS.getOrDefault(first, COMPARE);
        String[] words = Arrays.copyOfRange(arguments, named ? 1 : 0, arguments.length);
        if (List.of(words).contains("--help")) {
            System.out.print(command.usage());
            return;
        }
        System.exit(exit(named ? "nightshift bench " + first : "nightshift bench", command, words));
    }

    private static int exit(String name, Command command, String... words) throws IOException, InterruptedException {
        try {
            return command.measurement().measure(words) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            System.err.println(name + ": " + e.getMessage() + "\nsee: " + name + " --help");
            return MISTAKE;
        } catch (SandboxFailed e) {
            System.err.println(name + ": " + e.getMessage());
            return 1;
        }
    }
}
