package dev.nightshift.program;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Runs a program to its end, which comes at its time limit at the latest. */
public final class Programs {

    /** Far more than an answer needs, and no burden. */
    public static final int MOST_OUTPUT = 256 * 1024;

    private static final Duration LOOK = Duration.ofMillis(200);

    private Programs() {}

    /**
     * Blocks until the program has ended.
     *
     * @param running told of the program once it runs, so that it can be cancelled
     */
    public static Ran run(Order order, Consumer<Tool> running) {
        Printed printed = new Printed();
        long begun = System.nanoTime();
        try (Tool tool = Tool.startIn(order.directory(), order.command(), order.environment(), printed::line)) {
            running.accept(tool);
            boolean[] overdue = {false};
            int status = tool.await(LOOK, () -> {
                if (System.nanoTime() - begun > order.limit().toNanos()) {
                    overdue[0] = true;
                    tool.cancel();
                }
            });
            Ran.End end = overdue[0] ? Ran.End.OVERDUE : tool.cancelled() ? Ran.End.STOPPED : Ran.End.EXITED;
            return new Ran(
                    end,
                    end == Ran.End.EXITED ? status : -1,
                    printed.text(),
                    printed.cut(),
                    tool.complaints(),
                    Duration.ofNanos(System.nanoTime() - begun));
        } catch (UncheckedIOException e) {
            String why = "it cannot be started: " + e.getMessage();
            return new Ran(Ran.End.MISSING, -1, "", false, List.of(why), Duration.ZERO);
        }
    }

    /** Filled by the thread that reads, and read behind its end. */
    private static final class Printed {

        private final StringBuilder text = new StringBuilder();
        private boolean cut;

        synchronized void line(String line) {
            int room = MOST_OUTPUT - text.length();
            cut |= line.length() + 1 > room;
            if (room > 0) {
                text.append(line, 0, Math.min(line.length(), room)).append('\n');
            }
        }

        synchronized String text() {
            return text.toString();
        }

        synchronized boolean cut() {
            return cut;
        }
    }
}
