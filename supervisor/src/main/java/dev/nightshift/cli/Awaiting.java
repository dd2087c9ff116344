package dev.nightshift.cli;

import dev.nightshift.run.Transient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks again and again until a milestone is reached, cannot be reached any more, or patience ends. Each look at a
 * database has a connection of its own that is closed before the rest begins: however many wait, they hold none.
 */
final class Awaiting {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int SHARE = 20;

    private final Pulse pulse;
    private final Supplier<CommandPorts.Access> open;
    private final Consumer<String> told;
    private CommandPorts.@Nullable Access kept;
    private String last = "";

    /** @param told each thing that is waited for, when it changes */
    Awaiting(Pulse pulse, Supplier<CommandPorts.Access> open, Consumer<String> told) {
        this.pulse = pulse;
        this.open = open;
        this.told = told;
    }

    Sight until(Milestone milestone, Duration timeout) {
        long began = pulse.nanos();
        while (true) {
            Sight sight = look(milestone);
            Duration passed = Duration.ofNanos(pulse.nanos() - began);
            Duration left = timeout.minus(passed);
            if (sight.isOver()
                    || left.isNegative()
                    || left.isZero()
                    || Thread.currentThread().isInterrupted()) {
                return sight;
            }
            tell(sight.what());
            Duration rest = rest(passed, ThreadLocalRandom.current().nextDouble());
            pulse.rest(rest.compareTo(left) < 0 ? rest : left);
        }
    }

    /**
     * A twentieth of what has passed, and never in step with others: many that began together spread.
     *
     * @param luck from 0 to 1
     */
    static Duration rest(Duration passed, double luck) {
        Duration share = passed.dividedBy(SHARE);
        Duration fair = share.compareTo(SHORTEST) < 0 ? SHORTEST : share.compareTo(LONGEST) > 0 ? LONGEST : share;
        return Duration.ofMillis(Math.round(fair.toMillis() * (0.5 + luck)));
    }

    private Sight look(Milestone milestone) {
        try {
            return looked(milestone);
        } catch (Transient away) {
            return Sight.notYet(away.explanation().what(), Map.of());
        }
    }

    private Sight looked(Milestone milestone) {
        CommandPorts.Access access = kept == null ? open.get() : kept;
        try {
            return milestone.look(access.milestones());
        } finally {
            if (access.isDirect()) {
                access.close();
            } else {
                kept = access;
            }
        }
    }

    private void tell(String what) {
        if (!what.equals(last)) {
            last = what;
            told.accept(what);
        }
    }
}
