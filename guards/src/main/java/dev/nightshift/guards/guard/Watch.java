package dev.nightshift.guards.guard;

import dev.nightshift.guards.pace.PaceDecision;
import dev.nightshift.guards.pace.PaceLaw;
import dev.nightshift.guards.pace.PaceTick;
import dev.nightshift.guards.reading.LsnClock;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.SlotRow;
import dev.nightshift.guards.reading.Trends;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All guards over all samples so far. A value: each observation gives the next watch, with its judgement. */
public final class Watch {
    private final GuardSettings settings;
    private final ReplicaSet pinned;
    private final Seen seen;
    private final Freshness freshness;
    private final Ledger ledger;
    private final PaceLaw pace;
    private final Judgement judgement;

    /** What the samples so far add up to. */
    private record Seen(@Nullable Sample newest, LsnClock clock, Trends trends, List<ReplicaTrack> replicas) {}

    /** What is judged now; without a sample only how long none has come. */
    private record Round(Map<GuardKind, List<Measure>> measures, long nanos, boolean sampled) {}

    private Watch(
            GuardSettings settings,
            ReplicaSet pinned,
            Seen seen,
            Freshness freshness,
            Ledger ledger,
            PaceLaw pace,
            Judgement judgement) {
        this.settings = settings;
        this.pinned = pinned;
        this.seen = seen;
        this.freshness = freshness;
        this.ledger = ledger;
        this.pace = pace;
        this.judgement = judgement;
    }

    /** A watch that has seen nothing yet: unknown, as is one that expects nothing yet. After a promotion begin with a new one over a new pinning. */
    public static Watch over(GuardSettings settings, ReplicaSet pinned) {
        List<ReplicaTrack> tracks =
                pinned.replicas().stream().map(ReplicaTrack::begin).toList();
        return new Watch(
                settings,
                pinned,
                new Seen(null, LsnClock.EMPTY, Trends.EMPTY, tracks),
                Freshness.NOTHING_YET,
                Ledger.EMPTY,
                PaceLaw.start(),
                new Judgement(
                        null,
                        Verdict.UNKNOWN,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        PaceDecision.NONE_YET,
                        PaceTick.Flow.UNKNOWN));
    }

    public Judgement judgement() {
        return judgement;
    }

    /** A sample came back. */
    public Watch observe(Sample sample) {
        Sample before = seen.newest();
        LsnClock kept = ClockGuard.jumped(before, sample) ? LsnClock.EMPTY : seen.clock();
        LsnClock clock = kept.noted(sample.at(), sample.position(), sample.server());
        List<ReplicaTrack> tracks = seen.replicas().stream()
                .map(track -> track.next(sample, clock, settings))
                .toList();
        Seen now = new Seen(sample, clock, seen.trends().noted(sample), tracks);
        ReplicaSet judged = pinned.without(settings.waivedReplicasAt(sample.at()));
        Facts facts = new Facts(sample, before, judged, of(judged, tracks), now.trends(), settings);
        Map<GuardKind, List<Measure>> measures = Guards.measure(facts);
        settings.waivedAt(sample.at()).forEach(waived -> measures.put(waived, List.of()));
        Freshness fresh = Freshness.sampled(sample.monotonicNanos());
        measures.put(GuardKind.SENSING, List.of(fresh.measure(sample.monotonicNanos(), 0)));
        return judged(now, fresh, new Round(measures, sample.monotonicNanos(), true));
    }

    /** A sample failed; three in a row hold. */
    public Watch missed(long monotonicNanos, String reason) {
        return aged(freshness.failed(monotonicNanos, reason), monotonicNanos);
    }

    /** No sample has come back or failed since; time alone can slow and hold. */
    public Watch waited(long monotonicNanos) {
        return aged(freshness, monotonicNanos);
    }

    private Watch aged(Freshness now, long nanos) {
        double holdsAt = settings.holdsAt(GuardKind.SENSING);
        return judged(
                seen, now, new Round(Map.of(GuardKind.SENSING, List.of(now.measure(nanos, holdsAt))), nanos, false));
    }

    private Watch judged(Seen now, Freshness fresh, Round round) {
        Ledger kept = fresh.failures() > 0 ? ledger.interrupted() : ledger;
        Ledger next = kept.judged(round.measures(), settings, round.nanos());
        Sample newest = now.newest();
        Instant at = newest == null ? null : newest.at();
        boolean unknown = at == null || pinned.server() == null;
        Verdict verdict = next.verdict().worst(unknown ? Verdict.UNKNOWN : Verdict.CLEAR);
        List<Finding> findings = next.findings();
        ReplicaSet counted = at == null ? pinned : pinned.without(settings.waivedReplicasAt(at));
        Paced paced = new Paced(counted, of(counted, now.replicas()), next, settings, round.sampled());
        PaceTick tick = paced.tick(now.trends(), verdict, round.nanos());
        PaceLaw law = pace.next(tick);
        List<ReplicaView> views = Views.of(now.replicas(), law.capacities(), settings);
        Judgement judged = new Judgement(
                at, verdict, findings, next.standings(), views, slots(newest), law.decision(), tick.flow());
        return new Watch(settings, pinned, now, fresh, next, law, judged);
    }

    private List<SlotRow> slots(@Nullable Sample sample) {
        return sample == null
                ? List.of()
                : sample.slots().stream()
                        .filter(slot -> pinned.slots().containsKey(slot.name()))
                        .toList();
    }

    private static List<ReplicaTrack> of(ReplicaSet set, List<ReplicaTrack> tracks) {
        return tracks.stream()
                .filter(track -> set.replicas().contains(track.pinned()))
                .toList();
    }
}
