package dev.nightshift.bench.footprint;

import dev.nightshift.bench.measure.Spread;
import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.Program;
import dev.nightshift.sandbox.SandboxFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How long a short command takes from the shell's point of view, JVM and script included. */
record Starts(Login login, Path directory) {

    private static final int ROUNDS = 7;

    /** The median, in seconds; the first call is not counted. */
    double seconds(String... words) throws IOException, InterruptedException {
        once(words);
        double[] taken = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            taken[i] = once(words);
        }
        return Spread.median(taken);
    }

    private double once(String... words) throws IOException, InterruptedException {
        Path output = directory.resolve("command.out");
        long begun = System.nanoTime();
        int exit = new Program(Optional.empty(), login.password())
                .start(output, words)
                .waitFor();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (exit != 0) {
            throw new SandboxFailed("nightshift " + words[0] + " ended with " + exit + ": " + Files.readString(output));
        }
        return seconds;
    }
}
