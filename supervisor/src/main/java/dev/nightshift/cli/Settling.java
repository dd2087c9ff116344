package dev.nightshift.cli;

import dev.nightshift.run.RunId;
import dev.nightshift.view.StatusView;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits until a command was observed, nobody is left to observe it, or patience ends. */
final class Settling {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Pulse pulse;
    private final CommandPorts.Access access;
    private final RunId run;
    private final long number;

    Settling(Pulse pulse, CommandPorts.Access access, RunId run, long number) {
        this.pulse = pulse;
        this.access = access;
        this.run = run;
        this.number = number;
    }

    /** How the waiting ended, and how the run stood then. */
    record Answer(Kind kind, String outcome, StatusView view) {

        enum Kind {
            OBSERVED,
            /** The lease is free or has expired: a dead supervisor's lasts ten seconds at most. */
            NOBODY,
            TIMED_OUT
        }
    }

    /**
     * @param vainly told after each look at which nothing had happened yet, with the time that has passed
     */
    Answer within(Duration timeout, Consumer<Duration> vainly) {
        long began = pulse.nanos();
        while (true) {
            Optional<String> outcome = access.intents().outcome(number);
            StatusView view = access.reader().status(Optional.of(run)).orElseThrow(() -> Refusal.noRun(run.text()));
            if (outcome.isPresent()) {
                return new Answer(Answer.Kind.OBSERVED, outcome.get(), view);
            }
            if (!view.supervised()) {
                return new Answer(Answer.Kind.NOBODY, "", view);
            }
            Duration passed = Duration.ofNanos(pulse.nanos() - began);
            if (passed.compareTo(timeout) >= 0) {
                return new Answer(Answer.Kind.TIMED_OUT, "", view);
            }
            vainly.accept(passed);
            pulse.rest(LOOK_AGAIN);
        }
    }
}
