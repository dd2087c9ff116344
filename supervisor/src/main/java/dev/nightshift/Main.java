package dev.nightshift;

import dev.nightshift.cli.Cli;
import dev.nightshift.cli.Surroundings;

/** The program {@code nightshift}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Surroundings around = Surroundings.ofProcess();
        int code;
        try (Wiring wiring = new Wiring(around.environment())) {
            code = new Cli(around, wiring).run(arguments);
        }
        System.exit(code);
    }
}
