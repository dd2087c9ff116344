package dev.nightshift.view;

import dev.nightshift.guards.guard.Finding;
import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.ReplicaView;
import dev.nightshift.guards.guard.Standing;
import dev.nightshift.guards.reading.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Turns each judgement into a glance, and remembers what was wrong last. */
public final class GlanceTaker {

    private List<Finding> before = List.of();
    private Optional<Glance.PastFinding> last = Optional.empty();

    /**
     * @param now stands for the judgement's instant while there is none
     */
    public Glance take(Judgement judgement, Instant now) {
        Instant judged = judgement.at();
        Instant at = judged == null ? now : judged;
        if (judgement.findings().isEmpty() && !before.isEmpty()) {
            Finding worst = before.get(0);
            last = Optional.of(new Glance.PastFinding(word(worst.verdict()), worst.reason(), at));
        }
        before = judgement.findings();
        return new Glance(
                at,
                word(judgement.verdict()),
                judgement.pace().text(),
                judgement.pace().rate(),
                judgement.pace().reasons(),
                judgement.replicas().stream().map(GlanceTaker::replica).toList(),
                (int) judgement.standings().stream()
                        .map(Standing::guard)
                        .distinct()
                        .count(),
                judgement.findings().stream().map(GlanceTaker::finding).toList(),
                last);
    }

    private static Glance.FindingLine finding(Finding finding) {
        return new Glance.FindingLine(
                finding.guard().key(), word(finding.verdict()), finding.reason(), finding.remark());
    }

    private static ReplicaLine replica(ReplicaView replica) {
        return new ReplicaLine(
                replica.name(),
                replica.kind().key(),
                replica.state(),
                replica.note(),
                seconds(replica.timeLag()),
                replica.timeLagExact(),
                seconds(replica.timeLimit()),
                bytes(replica.byteLag()),
                bytes(replica.byteLimit()),
                replica.replayRate());
    }

    private static OptionalDouble seconds(@Nullable Duration duration) {
        return duration == null ? OptionalDouble.empty() : OptionalDouble.of(duration.toMillis() / 1000.0);
    }

    private static OptionalLong bytes(@Nullable ByteSize size) {
        return size == null ? OptionalLong.empty() : OptionalLong.of(size.bytes());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
