package dev.nightshift.guards.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.World;
import dev.nightshift.guards.World.Standby;
import dev.nightshift.guards.reading.Lsn;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A primary, one standby, and a watch over both that has seen three calm seconds. */
abstract class Watching {
    final World world = new World();
    final Standby standby = world.standby("standby-a");
    Watch watch = Watch.over(GuardSettings.DEFAULTS, pinned(world, DeclaredReplicas.DISCOVER));

    static ReplicaSet pinned(World world, DeclaredReplicas declared) {
        ReplicaSet.Pinning pinning = ReplicaSet.pin(List.of(world.sample()), declared);
        assertThat(pinning.problems()).isEmpty();
        return pinning.set();
    }

    @BeforeEach
    void three_calm_seconds() {
        calmSeconds(3);
    }

    void calmSeconds(int seconds) {
        for (int second = 0; second < seconds; second++) {
            world.passes(1).writes(1000).keepsUp(standby);
            watch = watch.observe(world.sample());
        }
    }

    /** The standby stays where it is, or moves by so much, while the primary writes. */
    void laggingSeconds(int seconds, long writes, long replays) {
        for (int second = 0; second < seconds; second++) {
            world.passes(1).writes(writes);
            standby.reaches(new Lsn(lsn(standby) + replays));
            watch = watch.observe(world.sample());
        }
    }

    static long lsn(Standby standby) {
        Lsn replayed = standby.replayed;
        assertThat(replayed).isNotNull();
        return replayed == null ? 0 : replayed.position();
    }

    Verdict verdict() {
        return watch.judgement().verdict();
    }

    List<String> reasons() {
        return watch.judgement().findings().stream().map(Finding::reason).toList();
    }
}
