package dev.nightshift.metrics;

import dev.nightshift.drive.Tick;
import dev.nightshift.guards.guard.Finding;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.Level;
import dev.nightshift.guards.guard.Limits;
import dev.nightshift.guards.guard.Standing;
import dev.nightshift.guards.guard.Verdict;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleConsumer;

/** What the guards measure, where their limits are, and how often and how long they slowed, held and aborted. */
final class GuardMetrics {

    private final MultiGauge value;
    private final MultiGauge utilisation;
    private final DoubleConsumer lastCheck;
    private final DoubleConsumer blocked;
    private final Tally blind;
    private final Tally slowed;
    private final Tally breaches;
    private Set<String> before = Set.of();

    GuardMetrics(Board board) {
        value = board.gauges("guard.value", "What a guard measured, in seconds, bytes, counts or fractions");
        utilisation = board.gauges("guard.utilisation.ratio", "The share of its hold limit that a guard sees used");
        lastCheck = board.gauge("guard.last.check.timestamp.seconds", "When the oldest reading judged was taken");
        blocked = board.gauge("blocked.sessions", "Sessions that wait for a lock of this run");
        blind = board.tally("guard.errors", "Judgements without the readings that they need")
                .announce();
        slowed = board.tally("throttle.seconds", "Time in which a guard slowed the run");
        breaches = board.tally("guard.breaches", "How often a limit was crossed");
        for (GuardKind guard : GuardKind.values()) {
            slowed.announce("reason", guard.key());
            for (Level level : Level.values()) {
                breaches.announce("guard", guard.key(), "level", word(level));
            }
        }
    }

    /** Shows the limits under which the run works; those of a plan's questions by the question's name. */
    void limits(Board board, GuardSettings settings) {
        for (GuardKind guard : GuardKind.values()) {
            thresholds(board, guard, "", settings.of(guard));
        }
        settings.probes().forEach(probe -> thresholds(board, probe.kind(), probe.name(), probe.limits()));
    }

    private static void thresholds(Board board, GuardKind guard, String subject, Limits limits) {
        for (Level level : Level.values()) {
            limits.at(level)
                    .ifPresent(limit -> board.gauge(
                                    "guard.threshold",
                                    "A guard's limit, in its unit",
                                    "guard",
                                    guard.key(),
                                    "subject",
                                    subject,
                                    "level",
                                    word(level))
                            .accept(limit.value()));
        }
    }

    void see(Tick tick, double seconds) {
        Map<Tags, Double> values = new LinkedHashMap<>();
        Map<Tags, Double> uses = new LinkedHashMap<>();
        for (Standing standing : tick.judgement().standings()) {
            Tags tags = Tags.of("guard", standing.guard().key(), "subject", standing.subject());
            values.put(tags, standing.value());
            uses.put(tags, standing.utilisation());
            if (standing.guard() == GuardKind.BLOCKED_SESSIONS) {
                blocked.accept(standing.value());
            }
        }
        Board.show(value, values);
        Board.show(utilisation, uses);
        if (tick.judgement().at() != null) {
            lastCheck.accept(Board.epoch(tick.judgement().at()));
        }
        count(tick, seconds);
    }

    /** What was measured last is not true any more. */
    void rest() {
        Board.show(value, Map.of());
        Board.show(utilisation, Map.of());
        lastCheck.accept(Double.NaN);
        blocked.accept(Double.NaN);
        before = Set.of();
    }

    private void count(Tick tick, double seconds) {
        Set<String> now = new HashSet<>();
        Set<GuardKind> slow = new HashSet<>();
        for (Finding finding : tick.judgement().findings()) {
            if (finding.verdict() == Verdict.UNKNOWN) {
                blind.add(1);
            }
            for (Level level : Level.values()) {
                String key = finding.guard().key() + ' ' + finding.subject() + ' ' + level;
                if (level.verdict() == finding.verdict()) {
                    now.add(key);
                    if (!before.contains(key)) {
                        breaches.add(1, "guard", finding.guard().key(), "level", word(level));
                    }
                }
            }
            if (finding.verdict() == Verdict.SLOW && tick.permitted()) {
                slow.add(finding.guard());
            }
        }
        slow.forEach(guard -> slowed.add(seconds, "reason", guard.key()));
        before = now;
    }

    private static String word(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
