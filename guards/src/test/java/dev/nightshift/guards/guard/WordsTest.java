package dev.nightshift.guards.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void durations_read_as_people_write_them() {
        assertThat(Unit.DURATION.text(0.04)).isEqualTo("40 ms");
        assertThat(Unit.DURATION.text(2)).isEqualTo("2 s");
        assertThat(Unit.DURATION.text(2.34)).isEqualTo("2.3 s");
        assertThat(Unit.DURATION.text(59.97)).isEqualTo("1 min");
        assertThat(Unit.DURATION.text(312)).isEqualTo("5 min 12 s");
        assertThat(Unit.DURATION.text(3900)).isEqualTo("1 h 5 min");
        assertThat(Unit.text(Duration.ofMinutes(10))).isEqualTo("10 min");
    }

    @Test
    void sizes_written_in_binary_units_come_back_as_written() {
        assertThat(Unit.BYTES.text(256.0 * (1 << 20))).isEqualTo("256 MiB");
        assertThat(Unit.BYTES.text(4.0 * (1L << 30))).isEqualTo("4 GiB");
        assertThat(Unit.BYTES.text(14_000_000)).isEqualTo("13.4 MiB");
    }

    @Test
    void shares_counts_and_plain_numbers_are_short() {
        assertThat(Unit.FRACTION.text(0.755)).isEqualTo("75.5 %");
        assertThat(Unit.COUNT.text(1234)).isEqualTo("1,234");
        assertThat(Unit.COUNT.text(1_500_000_000)).isEqualTo("1.5e9");
        assertThat(Unit.NUMBER.text(0.05)).isEqualTo("0.05");
        assertThat(Unit.NUMBER.text(1234.56)).isEqualTo("1234.56");
        assertThat(Unit.RATE.text(9.6e6)).isEqualTo("9.16 MiB/s");
    }

    @Test
    void every_guard_has_its_own_key_and_id() {
        Set<String> keys = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (GuardKind kind : GuardKind.values()) {
            keys.add(kind.key());
            ids.add(kind.id());
            assertThat(GuardKind.named(kind.key())).contains(kind);
        }

        assertThat(keys).hasSize(GuardKind.values().length);
        assertThat(ids).hasSize(GuardKind.values().length);
        assertThat(GuardKind.REPLICA_LAG.key()).isEqualTo("replica-lag");
    }

    @Test
    void the_sign_is_the_one_a_person_would_write() {
        assertThat(Comparison.AT_LEAST.sign(2.3, 2)).isEqualTo(">");
        assertThat(Comparison.AT_LEAST.sign(2, 2)).isEqualTo(">=");
        assertThat(Comparison.AT_MOST.sign(4, 5)).isEqualTo("<");
    }

    @Test
    void a_limit_on_what_must_not_fall_is_used_up_from_above() {
        Limit free = new Limit(0.10, Duration.ZERO, Comparison.AT_MOST);

        assertThat(free.breachedBy(0.09)).isTrue();
        assertThat(free.breachedBy(0.11)).isFalse();
        assertThat(free.utilisation(0.20)).isEqualTo(0.5);
        assertThat(free.utilisation(0.05)).isEqualTo(2);
    }

    @Test
    void a_plan_s_limits_are_filled_from_the_defaults_and_never_is_never() {
        Limits given = new Limits(null, Limit.of(Duration.ofSeconds(9)), Limit.NEVER);
        Limits filled = new GuardSettings(Map.of(GuardKind.REPLICA_LAG, given)).of(GuardKind.REPLICA_LAG);

        assertThat(filled.slow()).isEqualTo(Limit.of(2));
        assertThat(filled.hold()).isEqualTo(Limit.of(9));
        assertThat(filled.at(Level.ABORT).orElseThrow().breachedBy(1e30)).isFalse();
    }
}
