package dev.nightshift.cli;

import dev.nightshift.cli.screen.Views;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A command line typed against a fake database, with what it printed and its exit code. */
record Typed(int code, String out, String err) {

    static final String URL = "postgresql://ann@localhost:5432/shop";

    static Typed in(FakeDatabase database, String... arguments) {
        return in(database, Map.of("NIGHTSHIFT_DATABASE", URL), arguments);
    }

    static Typed in(FakeDatabase database, Map<String, String> environment, String... arguments) {
        return in(database, "", environment, arguments);
    }

    /** With something on standard input. */
    static Typed in(FakeDatabase database, String typedIn, Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Cli(
                        new Surroundings(
                                new ByteArrayInputStream(typedIn.getBytes(StandardCharsets.UTF_8)),
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8),
                                new HashMap<>(environment),
                                false,
                                true,
                                Views.PARIS,
                                "ann@desk",
                                new FastPulse()),
                        database)
                .run(arguments);
        return new Typed(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Rests take no time, and pass all the same. */
    private static final class FastPulse implements Pulse {
        private final AtomicLong nanos = new AtomicLong();

        @Override
        public long nanos() {
            return nanos.get();
        }

        @Override
        public void rest(Duration pause) {
            nanos.addAndGet(pause.toNanos());
        }
    }
}
