package dev.nightshift.guards.guard;

import dev.nightshift.guards.pace.PaceDecision;
import dev.nightshift.guards.pace.PaceTick.Flow;
import dev.nightshift.guards.reading.SlotRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the guards say of everything seen so far.
 *
 * @param at the database instant of the oldest reading judged, from which a permit's expiry counts; null before the
 *     first sample
 * @param findings why it is not clear, the worst first
 * @param standings every guard and subject that was judged
 * @param slots those of the pinned slots that the server has
 * @param flow how much WAL is written, and by whom
 */
public record Judgement(
        @Nullable Instant at,
        Verdict verdict,
        List<Finding> findings,
        List<Standing> standings,
        List<ReplicaView> replicas,
        List<SlotRow> slots,
        PaceDecision pace,
        Flow flow) {

    public Judgement {
        findings = List.copyOf(findings);
        standings = List.copyOf(standings);
        replicas = List.copyOf(replicas);
        slots = List.copyOf(slots);
    }

    /** Whether a permit may be renewed: never on unknown, hold or abort, nor at no pace. */
    public boolean permits() {
        return verdict.permits() && at != null && !pace.stopped();
    }

    public Optional<Finding> worst() {
        return findings.stream().findFirst();
    }
}
