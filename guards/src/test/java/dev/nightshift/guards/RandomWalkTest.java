package dev.nightshift.guards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.World.Standby;
import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.Finding;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.ReplicaSet;
import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.guards.guard.Watch;
import dev.nightshift.guards.reading.BlockedSession;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.Reading;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.SlotRow;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Anything may happen to a standby; what must hold, holds at every step. The seed is printed with a failure. */
class RandomWalkTest {
    private static final Pattern REASON = Pattern.compile("[a-z]+( \\S+)+ (>|>=|<|<=|!=|of|for) \\S.*");

    @Test
    void no_walk_finds_a_bad_reading_that_is_green() {
        for (long seed = 1; seed <= 20; seed++) {
            new Walk(seed).run(400);
        }
        for (int extra = 0; extra < 3; extra++) {
            new Walk(new Random().nextLong()).run(400);
        }
    }

    @Test
    void no_link_or_load_makes_us_write_more_than_a_batch_and_two_seconds_of_pace_beyond_the_budget() {
        for (long seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            Simulation world = new Simulation(seed, GuardSettings.DEFAULTS);
            Overshoot overshoot = new Overshoot();
            for (int turn = 0; turn < 12; turn++) {
                world.linkRate = Math.pow(10, 6 + 2 * random.nextDouble());
                world.foreground = world.linkRate * 0.6 * random.nextDouble();
                world.linkDelay = 0.3 * random.nextDouble();
                world.replayRate = random.nextInt(8) == 0 ? 0 : 200e6;
                world.run(Double.POSITIVE_INFINITY, 10 + random.nextInt(20), overshoot::look);
            }
            assertThat(overshoot.worst).as("seed %d", seed).isLessThan(0);
        }
    }

    /** What we wrote since the lag went beyond its limit, less what is allowed. */
    private static final class Overshoot {
        private double worst = Double.NEGATIVE_INFINITY;
        private double doneBefore = Double.NaN;
        private double allowed;

        void look(Simulation world) {
            if (world.lag() <= 5) {
                doneBefore = Double.NaN;
                allowed = 2 * world.pace() + 16e6 + 1e6;
            } else if (Double.isNaN(doneBefore)) {
                doneBefore = world.done;
            } else {
                worst = Math.max(worst, world.done - doneBefore - allowed);
            }
        }
    }

    private static final class Walk {
        private final long seed;
        private final Random random;
        private final World world = new World();
        private final Standby one = world.standby("standby-a");
        private final Standby two = world.standby("standby-b");
        private final ReplicaSet pinned;
        private Watch watch;
        private int calm;
        private boolean held;

        Walk(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            one.slot = "slot_a";
            world.slots.add(new SlotRow("slot_a", false, true, "reserved", 1_000_000_000L, 0L, null));
            pinned = ReplicaSet.pin(List.of(world.sample()), DeclaredReplicas.DISCOVER)
                    .set();
            watch = Watch.over(GuardSettings.DEFAULTS, pinned);
        }

        void run(int steps) {
            for (int step = 0; step < steps; step++) {
                world.passes(0.5 + random.nextDouble());
                if (random.nextInt(20) == 0) {
                    watch = watch.missed(world.nanos, "timeout");
                    calm = 0;
                    assertThat(watch.judgement().permits()).as(at(step)).isFalse();
                    continue;
                }
                world.writes(random.nextInt(20_000_000));
                change(one);
                change(two);
                changeTheRest();
                check(step, world.sample());
            }
        }

        private void change(Standby standby) {
            switch (random.nextInt(40)) {
                case 0 -> standby.connected = false;
                case 1 -> standby.replayed = null;
                case 2 -> standby.state = "catchup";
                case 3 -> standby.replyAge = Duration.ofSeconds(25);
                case 4, 5, 6 -> {}
                default -> recover(standby);
            }
        }

        private void recover(Standby standby) {
            if (random.nextInt(3) > 0) {
                standby.connected = true;
                standby.state = "streaming";
                standby.replyAge = Duration.ofMillis(random.nextInt(900));
                standby.reaches(new Lsn(world.position - (random.nextInt(4) == 0 ? random.nextInt(9_000_000) : 0)));
            }
        }

        private void changeTheRest() {
            String[] states = {"reserved", "reserved", "reserved", "extended", "unreserved", "lost"};
            if (random.nextInt(6) == 0) {
                String state = states[random.nextInt(states.length)];
                Long safe = state.equals("lost") ? null : Long.valueOf(random.nextInt(1_000_000_000));
                world.slots.set(0, new SlotRow("slot_a", false, true, state, safe, 1_000_000L, null));
            }
            world.blocked.clear();
            if (random.nextInt(15) == 0) {
                world.blocked.add(new BlockedSession(5, "shop", 9, Duration.ofMillis(random.nextInt(4000))));
            }
            world.readings.clear();
            if (random.nextBoolean()) {
                world.readings.add(Reading.of(Reading.OWN_WAL, "", world.position / 2.0, world.now));
            }
        }

        private void check(int step, Sample sample) {
            Watch next = watch.observe(sample);
            Judgement judged = next.judgement();
            assertThat(watch.observe(sample).judgement()).as(at(step)).isEqualTo(judged);
            if (bad(one) || bad(two) || slotGone()) {
                assertThat(judged.verdict()).as(at(step)).isGreaterThanOrEqualTo(Verdict.HOLD);
            }
            assertThat(judged.verdict()).as(at(step)).isNotEqualTo(Verdict.ABORT);
            assertThat(judged.permits())
                    .as(at(step))
                    .isEqualTo(judged.verdict().permits() && !judged.pace().stopped());
            assertThat(judged.pace().rate()).as(at(step)).isBetween(0.0, 1e12);
            assertThat(judged.verdict() == Verdict.CLEAR)
                    .as(at(step))
                    .isEqualTo(judged.findings().isEmpty());
            for (Finding finding : judged.findings()) {
                assertThat(finding.reason()).as(at(step)).matches(REASON).doesNotContain("NaN", "null");
            }
            leavesAHoldOnlyWhenCalm(step, judged);
            watch = next;
        }

        /** No hold ends before three good samples in a row. */
        private void leavesAHoldOnlyWhenCalm(int step, Judgement judged) {
            calm = bad(one) || bad(two) || slotGone() ? 0 : calm + 1;
            boolean holds = judged.verdict().compareTo(Verdict.HOLD) >= 0;
            if (held && !holds) {
                assertThat(calm).as(at(step)).isGreaterThanOrEqualTo(3);
            }
            held = holds;
        }

        private boolean bad(Standby standby) {
            return !standby.connected
                    || !"streaming".equals(standby.state)
                    || standby.replayed == null
                    || (standby.replyAge != null && standby.replyAge.toSeconds() > 20);
        }

        private boolean slotGone() {
            String state = world.slots.get(0).walStatus();
            return "lost".equals(state) || "unreserved".equals(state);
        }

        private String at(int step) {
            return "seed " + seed + ", step " + step;
        }
    }
}
