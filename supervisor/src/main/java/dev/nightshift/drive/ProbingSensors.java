package dev.nightshift.drive;

import dev.nightshift.guards.guard.Probe;
import dev.nightshift.guards.reading.Reading;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Sensors with a plan's questions beside them: asked with each sample, and never waited for. */
public final class ProbingSensors implements Sensors {

    private final Sensors sensors;
    private final List<AskedProbe> probes;
    private final LongSupplier nanos;

    public ProbingSensors(
            Sensors sensors, List<Probe> probes, Function<Probe, Question> questions, LongSupplier nanos) {
        this.sensors = sensors;
        this.probes = probes.stream()
                .map(probe -> new AskedProbe(probe, questions.apply(probe)))
                .toList();
        this.nanos = nanos;
    }

    @Override
    public Future<Sample> read(RunId run) {
        long now = nanos.getAsLong();
        probes.forEach(probe -> probe.ask(now));
        return sensors.read(run).map(this::completed);
    }

    private Sample completed(Sample sample) {
        long now = nanos.getAsLong();
        List<Reading> readings = new ArrayList<>(sample.readings());
        probes.forEach(probe -> readings.addAll(probe.readings(sample.at(), now)));
        return sample.with(readings);
    }
}
