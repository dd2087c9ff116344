package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.guards.pace.PaceDecision;
import dev.nightshift.guards.pace.PaceTick;
import dev.nightshift.run.WorkPace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingKeeperTest {

    private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");
    private final ReadingKeeper keeper = new ReadingKeeper();
    private int second;

    @Test
    void the_worst_of_ten_seconds_is_kept_of_pace_wal_and_batches() {
        for (int i = 0; i < 10; i++) {
            assertThat(take(Optional.of(new WorkPace(100, 1e6 + i, 500 - i, 480)), false))
                    .isEmpty();
        }
        assertThat(take(Optional.of(new WorkPace(100, 1e6, 500, 470)), false))
                .extracting(KeptReading::signal, KeptReading::value)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("pace", 4e6),
                        org.assertj.core.groups.Tuple.tuple("wal", 1e6 + 9),
                        org.assertj.core.groups.Tuple.tuple("batch-time", 0.48),
                        org.assertj.core.groups.Tuple.tuple("batch-rows", 500.0));
    }

    @Test
    void nothing_is_said_of_batches_while_no_worker_works_and_nothing_at_all_on_hold() {
        for (int i = 0; i < 10; i++) {
            take(Optional.empty(), false);
        }
        assertThat(take(Optional.empty(), false))
                .extracting(KeptReading::signal)
                .containsExactly("pace");
        for (int i = 0; i < 30; i++) {
            assertThat(take(Optional.of(new WorkPace(100, 1e6, 500, 480)), true))
                    .isEmpty();
        }
    }

    private List<KeptReading> take(Optional<WorkPace> pace, boolean onHold) {
        long nanos = Duration.ofSeconds(second).toNanos();
        Judgement judgement = new Judgement(
                START.plusSeconds(second++),
                Verdict.CLEAR,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new PaceDecision(4e6, PaceDecision.Step.KEEP, 0.4, 0.4, List.of()),
                new PaceTick.Flow(12e6, 9e6, 3e6));
        return keeper.take(judgement, pace, nanos, onHold);
    }
}
