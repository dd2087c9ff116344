package dev.nightshift.kubernetes;

import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.Tick;
import dev.nightshift.run.RunRecord;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Shows a run's changes of state as Events of its Job. Best effort: nobody waits for one, and while several are on their way
 * further ones are left out.
 */
public final class JobEvents implements Announcer {

    private static final Set<String> SHOWN = Set.of("state", "held", "released", "worker-lost", "promoted");
    private static final Set<String> WARNING =
            Set.of("aborting", "abort-incomplete", "failed", "unclear", "worker-lost", "held");
    private static final int MOST_UNDER_WAY = 10;
    private static final int LONGEST_NOTE = 1000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Cluster cluster;
    private final Supplier<Optional<Job>> current;
    private final String reporter;
    private final AtomicInteger underWay = new AtomicInteger();

    /** @param reporter which process tells: its pod's or host's name */
    public JobEvents(Cluster cluster, JobLauncher launcher, String reporter) {
        this(cluster, launcher::current, reporter);
    }

    JobEvents(Cluster cluster, Supplier<Optional<Job>> current, String reporter) {
        this.cluster = cluster;
        this.current = current;
        this.reporter = reporter;
    }

    @Override
    public void happened(RunRecord run, Event event) {
        Optional<Job> job = current.get();
        if (job.isEmpty() || !SHOWN.contains(event.kind()) || underWay.get() >= MOST_UNDER_WAY) {
            return;
        }
        underWay.incrementAndGet();
        cluster.ask(
                        "telling an Event",
                        client -> client.events()
                                .v1()
                                .events()
                                .inNamespace(job.get().getMetadata().getNamespace())
                                .resource(of(job.get(), run, event))
                                .create())
                .onComplete(told -> underWay.decrementAndGet());
    }

    @Override
    public void ticked(Tick tick) {}

    private io.fabric8.kubernetes.api.model.events.v1.Event of(Job job, RunRecord run, Event event) {
        Instant now = Instant.now();
        String name = job.getMetadata().getName();
        boolean warning =
                WARNING.contains(event.kind()) || WARNING.contains(run.state().word());
        return new EventBuilder()
                .withNewMetadata()
                .withName(name + "." + Long.toHexString(System.nanoTime()))
                .withNamespace(job.getMetadata().getNamespace())
                .addToLabels(Marks.RUN, run.id().text())
                .endMetadata()
                .withEventTime(new MicroTime(TIME.format(now)))
                .withReportingController("nightshift.dev/supervisor")
                .withReportingInstance(reporter)
                .withAction("Supervise")
                .withType(warning ? "Warning" : "Normal")
                .withReason(reason(event, run))
                .withNote(note(event, run))
                .withNewRegarding()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(name)
                .withNamespace(job.getMetadata().getNamespace())
                .withUid(job.getMetadata().getUid())
                .endRegarding()
                .build();
    }

    /** {@code RunHolding}, {@code WorkerLost}: a word in the manner of Kubernetes. */
    private static String reason(Event event, RunRecord run) {
        String word = event.kind().equals("worker-lost")
                ? "worker-lost"
                : "run-" + run.state().word();
        StringBuilder reason = new StringBuilder();
        for (String part : word.split("-", -1)) {
            reason.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
        }
        return reason.toString();
    }

    private static String note(Event event, RunRecord run) {
        String text = "run " + run.id() + " of " + run.planName() + " is "
                + run.state().word() + ": " + event.message();
        return text.length() > LONGEST_NOTE ? text.substring(0, LONGEST_NOTE) : text;
    }
}
