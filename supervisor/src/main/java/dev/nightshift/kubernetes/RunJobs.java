package dev.nightshift.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What is asked of the API server for one run's Jobs; each call blocks its thread. */
final class RunJobs {

    private static final int EXISTS = 409;

    private final KubernetesClient client;
    private final WorkerJob template;
    private final String namespace;

    RunJobs(KubernetesClient client, WorkerJob template) {
        this.client = client;
        this.template = template;
        this.namespace = template.settings().namespace();
    }

    /**
     * A Job that this launcher follows from now on.
     *
     * @param adopted it was there already
     */
    record Begun(Job job, boolean adopted) {}

    /** Those that have not ended and were not told to, the newest attempt last. */
    List<Job> live() {
        return all().stream().filter(JobReading::isLive).toList();
    }

    private List<Job> all() {
        return client.batch().v1().jobs().inNamespace(namespace).withLabels(labels()).list().getItems().stream()
                .sorted(Comparator.comparingInt(WorkerJob::number))
                .toList();
    }

    private Map<String, String> labels() {
        return Marks.workersOf(template.run());
    }

    /**
     * The newest live Job, the others ended; or a new one.
     *
     * @param after the last attempt that is known of, whether or not its Job is still there
     */
    Begun adoptOrCreate(int after) {
        List<Job> all = all();
        List<Job> live = all.stream().filter(JobReading::isLive).toList();
        if (live.isEmpty()) {
            int newest = all.isEmpty() ? 0 : WorkerJob.number(all.get(all.size() - 1));
            return create(Math.max(after, newest) + 1);
        }
        live.subList(0, live.size() - 1).forEach(this::delete);
        return new Begun(live.get(live.size() - 1), true);
    }

    /** Two supervisors that begin at once choose the same name, and one of them finds the other's Job. */
    private Begun create(int number) {
        try {
            return new Begun(
                    client.batch()
                            .v1()
                            .jobs()
                            .inNamespace(namespace)
                            .resource(template.attempt(number))
                            .create(),
                    false);
        } catch (KubernetesClientException e) {
            if (e.getCode() != EXISTS) {
                throw e;
            }
            Optional<Job> other = Optional.ofNullable(client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(namespace)
                    .withName(template.name(number))
                    .get());
            return other.filter(JobReading::isLive)
                    .map(job -> new Begun(job, true))
                    .orElseGet(() -> create(number + 1));
        }
    }

    /** A Job with its pods as the API server has them now. */
    Optional<JobReading> read(String name) {
        Optional<Job> job = Optional.ofNullable(
                client.batch().v1().jobs().inNamespace(namespace).withName(name).get());
        return job.map(found -> JobReading.of(
                found,
                client.pods()
                        .inNamespace(namespace)
                        .withLabels(labels())
                        .withLabel(Marks.ATTEMPT, Integer.toString(WorkerJob.number(found)))
                        .list()
                        .getItems()));
    }

    void delete(Job job) {
        client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(job.getMetadata().getName())
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();
    }

    private ToolJobs tools() {
        return new ToolJobs(client, namespace, template.run());
    }

    /** Ends every live Job and its tools; false where pods were still there when {@code longest} was over. */
    boolean end(Duration longest) {
        boolean workers = endWorkers(longest);
        return tools().end(longest) && workers;
    }

    private boolean endWorkers(Duration longest) {
        List<Job> ending = live();
        ending.forEach(this::delete);
        return PodsGone.within(longest, () -> ending.isEmpty() || !isAnyPodAlive(ending));
    }

    private boolean isAnyPodAlive(List<Job> jobs) {
        List<Integer> numbers = jobs.stream().map(WorkerJob::number).toList();
        List<Pod> pods =
                client.pods().inNamespace(namespace).withLabels(labels()).list().getItems();
        return pods.stream()
                .filter(pod -> numbers.contains(number(pod)))
                .anyMatch(pod -> !new PodReading(pod).hasEnded());
    }

    private static int number(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getLabels())
                .map(labels -> labels.get(Marks.ATTEMPT))
                .map(Integer::valueOf)
                .orElse(0);
    }

    /**
     * Why its newest pod does not begin, or why it has none, as the kubelet or the Job's controller says it in an Event; empty
     * where nobody says anything.
     */
    Optional<String> whyNotBegun(JobReading reading) {
        Optional<Pod> pod = reading.newest().map(PodReading::pod);
        return pod.isPresent()
                ? pod.flatMap(found -> last(found.getMetadata(), event -> "Warning".equals(event.getType()))
                        .map(event -> "pod " + found.getMetadata().getName() + ": " + event.getReason() + ": "
                                + event.getMessage()))
                : last(reading.job().getMetadata(), event -> "FailedCreate".equals(event.getReason()))
                        .map(event ->
                                "Job " + reading.job().getMetadata().getName() + " has no pod: " + event.getMessage());
    }

    private Optional<Event> last(ObjectMeta about, Predicate<Event> which) {
        List<Event> events = client.v1()
                .events()
                .inNamespace(namespace)
                .withField("involvedObject.name", about.getName())
                .list()
                .getItems();
        return events.stream()
                .filter(event -> about.getUid().equals(event.getInvolvedObject().getUid()))
                .filter(which)
                .max(Comparator.comparing(RunJobs::lastSeen));
    }

    /** As the server wrote it; sorts as text. */
    private static String lastSeen(Event event) {
        return Optional.ofNullable(event.getLastTimestamp())
                .or(() -> Optional.ofNullable(event.getEventTime()).map(MicroTime::getTime))
                .orElse("");
    }
}
