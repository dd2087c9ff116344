package dev.nightshift.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Plays Job controller and kubelet with real processes: the container of a Job's pod is this program on this machine. */
public final class ProcessKubelet implements AutoCloseable {

    private static final long POLL_MILLIS = 50;
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final MockedCluster cluster;
    private final Path directory;
    private final String password;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Map<String, CompletableFuture<Void>> logs = new ConcurrentHashMap<>();
    private final Queue<CompletableFuture<Void>> ends = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::play, "kubelet");
    private volatile boolean over;

    private record Running(Job job, Pod pod, Process process) {}

    private ProcessKubelet(MockedCluster cluster, Path directory, String password) {
        this.cluster = cluster;
        this.directory = directory;
        this.password = password;
    }

    /** @param password what the Secret of the database would hold */
    public static ProcessKubelet start(MockedCluster cluster, Path directory, String password) {
        ProcessKubelet kubelet = new ProcessKubelet(cluster, directory, password);
        kubelet.thread.start();
        return kubelet;
    }

    private void play() {
        while (!over) {
            try {
                look();
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() {
        try {
            look(cluster.jobs());
        } catch (KubernetesClientException away) {
            // Closed meanwhile, or busy: like a kubelet, it looks again.
            return;
        }
    }

    private void look(List<Job> jobs) {
        jobs.stream().filter(job -> seen.add(job.getMetadata().getUid())).forEach(this::begin);
        running.values().stream()
                .filter(one -> jobs.stream()
                        .noneMatch(job -> job.getMetadata()
                                .getUid()
                                .equals(one.job().getMetadata().getUid())))
                .forEach(this::jobDeleted);
    }

    private void begin(Job job) {
        Pod pod = cluster.pod(job);
        Process process = isWorker(job) ? process(job) : tool(job, pod);
        Running one = new Running(job, pod, process);
        running.put(job.getMetadata().getUid(), one);
        cluster.runs(pod);
        ends.add(process.onExit().thenAccept(ended -> {
            logs.getOrDefault(pod.getMetadata().getName(), DONE).join();
            if (running.remove(job.getMetadata().getUid(), one)) {
                int code = ended.exitValue();
                cluster.ended(pod, code, code == 0 ? "Completed" : "Error");
                cluster.verdict(
                        job, code == 0 ? "Complete" : "Failed", code == 0 ? "CompletionsReached" : "PodFailurePolicy");
            }
        }));
    }

    /** Only what is not ours says itself what its image would start. */
    private static boolean isWorker(Job job) {
        return container(job).getCommand().isEmpty();
    }

    private static Container container(Job job) {
        return job.getSpec().getTemplate().getSpec().getContainers().get(0);
    }

    /** With nothing of this process but where programs are. */
    private Process tool(Job job, Pod pod) {
        ProcessBuilder builder = new ProcessBuilder(container(job).getCommand().stream()
                        .map(word -> word.replace("$$(", "$("))
                        .toList())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        for (EnvVar variable : container(job).getEnv()) {
            builder.environment()
                    .put(
                            variable.getName(),
                            variable.getValueFrom() != null
                                    ? password
                                    : variable.getValue()
                                            .replace("$(PGPASSWORD)", password)
                                            .replace("$$(", "$("));
        }
        try {
            Process process = builder.start();
            logs.put(
                    pod.getMetadata().getName(),
                    CompletableFuture.runAsync(
                            () -> process.inputReader().lines().forEach(line -> cluster.prints(pod, line)),
                            task -> new Thread(task, "pod log").start()));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process process(Job job) {
        Container container = container(job);
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.nightshift.Main"));
        line.addAll(container.getArgs());
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(directory
                        .resolve(job.getMetadata().getName() + "-" + System.nanoTime() + ".log")
                        .toFile());
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : container.getEnv()) {
            if (variable.getValue() != null && !variable.getName().equals("NIGHTSHIFT_PASSWORD_FILE")) {
                environment.put(variable.getName(), variable.getValue());
            }
        }
        environment.put("NIGHTSHIFT_PASSWORD", password);
        if (job.getSpec().getTemplate().getSpec().getAutomountServiceAccountToken()) {
            environment.put("KUBECONFIG", directory.resolve("kubeconfig").toString());
        }
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A drain: the pod is asked to leave, and its Job has it replaced. */
    public void evict() {
        Running one = only();
        running.remove(one.job().getMetadata().getUid());
        one.process().destroy();
        cluster.evicted(one.pod(), awaitExit(one.process()));
        begin(one.job());
    }

    /** The exit code of the only worker that lives, after {@code kill -9}. */
    public void kill() {
        only().process().destroyForcibly();
    }

    /** Workers, whatever tools there are. */
    public long alive() {
        return workers().size();
    }

    private List<Running> workers() {
        return running.values().stream().filter(one -> isWorker(one.job())).toList();
    }

    private Running only() {
        MockedCluster.await("a worker", () -> workers().size() == 1);
        return workers().get(0);
    }

    private void jobDeleted(Running one) {
        running.remove(one.job().getMetadata().getUid());
        one.process().destroy();
        awaitExit(one.process());
        cluster.remove(one.pod());
    }

    private static int awaitExit(Process process) {
        try {
            if (process.waitFor(30, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            return process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
        running.values().forEach(one -> one.process().destroyForcibly());
    }
}
