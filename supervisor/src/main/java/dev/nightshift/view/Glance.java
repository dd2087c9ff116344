package dev.nightshift.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a supervisor saw and decided at one instant: the part of a status that only its memory holds.
 *
 * @param pace as people read it: {@code 9.6 MiB/s}, {@code unlimited} or {@code stopped}
 * @param walRate bytes of WAL a second; infinite when unlimited
 * @param paceReasons why the pace is that
 * @param guards how many guards were judged
 * @param findings why it is not clear now, the worst first
 * @param last the newest finding that is over
 */
public record Glance(
        Instant at,
        String verdict,
        String pace,
        double walRate,
        List<String> paceReasons,
        List<ReplicaLine> replicas,
        int guards,
        List<FindingLine> findings,
        Optional<PastFinding> last) {

    public Glance {
        paceReasons = List.copyOf(paceReasons);
        replicas = List.copyOf(replicas);
        findings = List.copyOf(findings);
    }

    public long clear() {
        return Math.max(
                0, guards - findings.stream().map(FindingLine::guard).distinct().count());
    }

    /**
     * Why a guard is not clear.
     *
     * @param guard the guard's key: {@code replica-lag}
     * @param verdict {@code slow}, {@code unknown}, {@code hold} or {@code abort}
     * @param reason {@code signal subject observed comparison limit}
     * @param note what a person should know beside the reason, or empty
     */
    public record FindingLine(String guard, String verdict, String reason, String note) {}

    /** A finding that is over. */
    public record PastFinding(String verdict, String reason, Instant endedAt) {}
}
