package dev.nightshift.drive;

import dev.nightshift.guards.guard.Probe;
import dev.nightshift.guards.reading.Reading;
import dev.nightshift.guards.reading.ReplicaRow;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Sensors with others and a plan's questions beside them: asked with each sample, and never waited for. */
public final class ProbingSensors implements Sensors {

    /** They are asked each second, with a timeout of one. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Sensors sensors;
    private final List<AskedProbe> probes;
    private final List<AskedSensors> others;
    private final LongSupplier nanos;

    private record AskedSensors(SideSensors sensors, Asked<SideSensors.Seen> asked) {}

    public ProbingSensors(
            Sensors sensors,
            List<Probe> probes,
            Function<Probe, Question> questions,
            List<SideSensors> others,
            LongSupplier nanos) {
        this.sensors = sensors;
        this.probes = probes.stream()
                .map(probe -> new AskedProbe(probe, questions.apply(probe)))
                .toList();
        this.others = others.stream()
                .map(one -> new AskedSensors(one, new Asked<>(one::read, PATIENCE)))
                .toList();
        this.nanos = nanos;
    }

    @Override
    public Future<Sample> read(RunId run) {
        long now = nanos.getAsLong();
        probes.forEach(probe -> probe.ask(now));
        others.forEach(other -> other.asked().ask(now));
        return sensors.read(run).map(this::completed);
    }

    private Sample completed(Sample sample) {
        long now = nanos.getAsLong();
        List<Reading> readings = new ArrayList<>(sample.readings());
        List<ReplicaRow> replicas = new ArrayList<>(sample.replicas());
        probes.forEach(probe -> readings.addAll(probe.readings(sample.at(), now)));
        for (AskedSensors other : others) {
            Asked.Known<SideSensors.Seen> known = other.asked().known(now);
            known.answer().ifPresent(seen -> {
                readings.addAll(seen.readings());
                replicas.addAll(seen.replicas());
            });
            if (known.answer().isEmpty()) {
                SideSensors sensors = other.sensors();
                readings.add(Reading.unknown(sensors.signal(), sensors.subject(), known.why(), sample.at()));
            }
        }
        return sample.with(readings, replicas);
    }
}
