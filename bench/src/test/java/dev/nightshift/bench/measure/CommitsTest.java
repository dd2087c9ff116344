package dev.nightshift.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nightshift.bench.measure.Commits.Commit;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CommitsTest {
    @Test
    void a_pause_is_a_stop_and_a_start() {
        Commits commits = at(0, 1_000, 2_999, 5_000, 6_000, 60_000);
        assertThat(commits.turns()).isEqualTo(4);
        assertThat(commits.turnsPerMinute()).isCloseTo(4, within(1e-9));
    }

    @Test
    void one_commit_or_none_starts_and_stops_nothing() {
        assertThat(at(7_000).turnsPerMinute()).isZero();
        assertThat(at().turnsPerMinute()).isZero();
        assertThat(at().last()).isEmpty();
    }

    private static Commits at(long... millis) {
        return new Commits(Arrays.stream(millis)
                .mapToObj(at -> new Commit(Instant.ofEpochMilli(at), 10))
                .toList());
    }
}
