package dev.nightshift.drive;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.ReplicaSet;
import dev.nightshift.guards.guard.Watch;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The guards without a run: expects the replicas that its first looks find, and judges from then on. */
public final class GuardLook {

    /** A digit that no run's id has: nobody's sessions and nobody's journal are meant. */
    private static final RunId NO_RUN = new RunId("000000");

    private static final int SAMPLES = 3;

    private final Sensors sensors;
    private final DeclaredReplicas declared;
    private final GuardSettings settings;
    private final LongSupplier nanos;
    private final List<Sample> first = new ArrayList<>();
    private boolean pinned;
    private Watch watch;
    private List<String> problems = List.of("nobody has looked yet");

    public GuardLook(Sensors sensors, DeclaredReplicas declared, GuardSettings settings, LongSupplier nanos) {
        this.sensors = sensors;
        this.declared = declared;
        this.settings = settings;
        this.nanos = nanos;
        this.watch = Watch.over(settings, ReplicaSet.UNPINNED);
    }

    /**
     * What is to be seen.
     *
     * @param problems why the replicas cannot be judged; nothing is clear while there is one
     */
    public record Seen(Judgement judgement, List<String> problems) {

        public Seen {
            problems = List.copyOf(problems);
        }
    }

    /** Looks once; a look that fails is an observation too. Never fails. */
    public Future<Seen> look() {
        long asked = nanos.getAsLong();
        return sensors.read(NO_RUN).transform(read -> {
            long now = nanos.getAsLong();
            if (read.succeeded()) {
                observe(read.result());
            } else {
                watch = watch.missed(
                        now,
                        "no answer after " + Duration.ofNanos(now - asked).toMillis() + " ms: "
                                + read.cause().getMessage());
            }
            return Future.succeededFuture(new Seen(watch.judgement(), problems));
        });
    }

    private void observe(Sample sample) {
        if (!pinned) {
            first.add(sample);
            if (first.size() > SAMPLES) {
                first.remove(0);
            }
            pin(sample);
        }
        watch = watch.observe(sample);
    }

    private void pin(Sample sample) {
        ReplicaSet.Pinning pinning = ReplicaSet.pin(first, expected(sample), settings);
        problems = pinning.problems();
        if (pinning.ok()) {
            pinned = true;
            watch = Watch.over(settings, pinning.set());
        }
    }

    /** Nobody said what to expect: where neither a replica nor a slot of one is, there is none. */
    private DeclaredReplicas expected(Sample sample) {
        boolean alone = sample.replicas().isEmpty() && sample.slots().stream().allMatch(slot -> slot.logical());
        return declared.mode() == DeclaredReplicas.Mode.DISCOVER && alone ? DeclaredReplicas.NONE : declared;
    }
}
