package dev.nightshift.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.bench.measure.LagTrace.Lag;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LagTraceTest {
    private static final long SECOND = 1_000_000;

    @Test
    void a_standby_that_has_everything_is_not_behind_however_long_nothing_was_written() {
        LagTrace trace = trace(sample(0, 100, 100), sample(3600, 100, 100));
        assertThat(all(trace)).containsExactly(new Lag(0, 0), new Lag(0, 0));
    }

    @Test
    void lag_counts_from_the_latest_instant_at_which_the_primary_was_no_further() {
        LagTrace trace = trace(sample(0, 100, 100), sample(10, 100, 100), sample(12, 500, 100), sample(14, 500, 300));
        assertThat(all(trace)).containsExactly(new Lag(0, 0), new Lag(0, 0), new Lag(2, 400), new Lag(4, 200));
    }

    @Test
    void a_standby_that_stands_still_grows_older_with_every_sample() {
        LagTrace trace = trace(sample(0, 100, 100), sample(1, 200, 100), sample(2, 200, 100), sample(3, 200, 200));
        assertThat(all(trace)).containsExactly(new Lag(0, 0), new Lag(1, 100), new Lag(2, 100), new Lag(0, 0));
    }

    @Test
    void one_that_is_behind_the_first_sample_is_at_least_as_old_as_that() {
        assertThat(all(trace(sample(0, 100, 50), sample(4, 100, 50)))).containsExactly(new Lag(0, 50), new Lag(4, 50));
    }

    @Test
    void positions_and_instants_are_found_both_ways() {
        LagTrace trace = trace(sample(0, 100, 100), sample(5, 900, 100), sample(9, 950, 900));
        assertThat(trace.writtenAt(4 * SECOND)).hasValue(900);
        assertThat(trace.writtenAt(10 * SECOND)).isEmpty();
        assertThat(trace.replayed(900, 0)).hasValue(9 * SECOND);
        assertThat(trace.replayed(951, 0)).isEmpty();
        assertThat(trace.between(SECOND, 6 * SECOND)).hasSize(1);
    }

    @Test
    void a_budget_is_broken_by_time_or_by_bytes() {
        LagTrace trace = trace(sample(0, 100, 100), sample(1, 600, 100), sample(3, 600, 100), sample(4, 600, 600));
        assertThat(trace.breach(new Budget(3, 1_000), 0)).hasValue(3 * SECOND);
        assertThat(trace.breach(new Budget(60, 500), 0)).hasValue(SECOND);
        assertThat(trace.breach(new Budget(60, 501), 0)).isEmpty();
        assertThat(new Budget(3, 1_000).shareOver(all(trace))).isEqualTo(0.25);
    }

    private static List<Lag> all(LagTrace trace) {
        return trace.between(0, Long.MAX_VALUE);
    }

    private static LagTrace trace(Sample... samples) {
        return new LagTrace(List.of(samples));
    }

    private static Sample sample(long second, long written, long replayed) {
        return new Sample(second * SECOND, written, replayed);
    }
}
