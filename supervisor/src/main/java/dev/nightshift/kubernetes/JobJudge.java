package dev.nightshift.kubernetes;

import dev.nightshift.drive.Event;
import dev.nightshift.drive.WorkerNews;
import dev.nightshift.plan.KubernetesSettings.Limits;
import dev.nightshift.run.Explanation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns what is seen of one Job into news, each told once. What counts is when something was seen here: clocks of the
 * cluster are not compared with this one.
 */
final class JobJudge {

    /** After its pod has ended, a Job says so within moments; one whose controller is away is not waited for. */
    private static final Duration VERDICT = Duration.ofSeconds(60);

    /** What passes by itself in this time is not worth a line. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(15);

    private final String job;
    private final Limits limits;
    private final Set<String> told = new HashSet<>();
    private final long begun;
    private long absentSince;
    private long troubledSince = -1;
    private long endedSince = -1;
    private boolean running;
    private String runs = "";
    private boolean over;

    /**
     * @param nanos when the Job was made or found
     * @param age how long it had worked when it was found
     */
    JobJudge(String job, Limits limits, long nanos, Duration age) {
        this.job = job;
        this.limits = limits;
        this.begun = nanos - age.toNanos();
        this.absentSince = nanos;
    }

    boolean isOver() {
        return over;
    }

    /** The Job was there before and is not any more. */
    List<WorkerNews> vanished() {
        return end(new WorkerNews.Gone("somebody has deleted Job " + job));
    }

    /** @param why why the Job has no pod yet, or its pod does not begin, where somebody has looked */
    List<WorkerNews> see(JobReading now, Optional<String> why, long nanos) {
        if (over) {
            return List.of();
        }
        Optional<WorkerNews> end = end(now, nanos);
        if (end.isPresent()) {
            return end(end.get());
        }
        List<WorkerNews> news = new ArrayList<>();
        if (now.runs()) {
            runs(now.newest().orElseThrow(), now, news);
        } else {
            doesNotRun(now, why, nanos, news);
        }
        if (!over && passed(begun, nanos).compareTo(limits.deadline()) > 0) {
            news.addAll(end(new WorkerNews.Refused(late())));
        }
        return news;
    }

    private Optional<WorkerNews> end(JobReading now, long nanos) {
        boolean verdict = JobReading.hasEnded(now.job());
        boolean ended = now.newest()
                .filter(pod -> pod.hasEnded() && pod.disruption().isEmpty())
                .isPresent();
        endedSince = ended ? (endedSince < 0 ? nanos : endedSince) : -1;
        if (!verdict && (endedSince < 0 || passed(endedSince, nanos).compareTo(VERDICT) < 0)) {
            return Optional.empty();
        }
        String how = now.endInWords();
        boolean late = JobReading.verdict(now.job())
                .filter(condition -> "DeadlineExceeded".equals(condition.getReason()))
                .isPresent();
        return Optional.of(
                late
                        ? new WorkerNews.Refused(late())
                        : now.exitCode()
                                .<WorkerNews>map(code -> new WorkerNews.Ended(code, how))
                                .orElseGet(() -> new WorkerNews.Gone(how)));
    }

    /** A pod may be gone and its successor at work between two looks. */
    private void runs(PodReading pod, JobReading now, List<WorkerNews> news) {
        troubledSince = -1;
        if (running && !pod.name().equals(runs)) {
            String before = runs;
            String how = now.pods().stream()
                    .filter(each -> each.name().equals(before))
                    .findFirst()
                    .map(PodReading::endInWords)
                    .orElse("pod " + before + " is gone");
            news.add(new WorkerNews.Replaced(how + "; Kubernetes has started it again as " + pod.name()));
            running = false;
        }
        if (!running) {
            running = true;
            runs = pod.name();
            news.add(new WorkerNews.Runs());
        }
    }

    private void doesNotRun(JobReading now, Optional<String> why, long nanos, List<WorkerNews> news) {
        if (running) {
            Optional<String> replaced = replaced(now);
            if (replaced.isEmpty()) {
                return;
            }
            running = false;
            absentSince = nanos;
            news.add(new WorkerNews.Replaced(replaced.get()));
        }
        Optional<PodReading> fresh = now.newest().filter(pod -> !pod.leaves());
        Optional<String> trouble = fresh.flatMap(PodReading::cannotBegin);
        troubledSince = trouble.isEmpty() ? -1 : troubledSince < 0 ? nanos : troubledSince;
        Optional<String> waits =
                trouble.or(() -> fresh.flatMap(PodReading::unschedulable)).or(() -> why);
        if (trouble.isPresent() && passed(troubledSince, nanos).compareTo(limits.pull()) > 0) {
            news.addAll(end(new WorkerNews.Refused(cannotBegin(trouble.get()))));
        } else if (passed(absentSince, nanos).compareTo(limits.start()) > 0) {
            news.addAll(end(new WorkerNews.Refused(neverBegan(waits.orElse(silent(fresh))))));
        } else if (trouble.isPresent() || passed(absentSince, nanos).compareTo(WORTH_TELLING) > 0) {
            waits.filter(told::add)
                    .ifPresent(text -> news.add(new WorkerNews.Told(new Event("worker-waits", job, text))));
        }
    }

    /** Empty while the pod ends by its own doing, or somebody ends it: then the Job ends too, and says so. */
    private static Optional<String> replaced(JobReading now) {
        return now.newest()
                .map(pod -> pod.disruption()
                        .map(why -> pod.endInWords() + "; Kubernetes starts it again elsewhere")
                        .or(() -> pod.leaves() ? Optional.empty() : Optional.of("a new pod " + pod.name() + " begins")))
                .orElse(Optional.of("its pod is gone; its Job decides what follows"));
    }

    private List<WorkerNews> end(WorkerNews last) {
        over = true;
        return List.of(last);
    }

    private Explanation cannotBegin(String trouble) {
        return new Explanation(
                trouble,
                "starting the worker as Job " + job + ", tried for "
                        + limits.pull().toSeconds() + " s",
                "as the last batch left it; nothing is being written",
                "put image, Secret or configuration right, then nightshift retry; see runbooks/NightshiftJobFailed.md");
    }

    private String silent(Optional<PodReading> pod) {
        return pod.map(fresh -> "pod " + fresh.name() + " does not begin, and nothing says why")
                .orElse("Job " + job + " has no pod, and nothing says why");
    }

    private Explanation neverBegan(String why) {
        return new Explanation(
                "the worker did not begin within " + limits.start().toSeconds() + " s: " + why,
                "starting the worker as Job " + job,
                "as the last batch left it; nothing is being written",
                "make room for it, or ask for less, then nightshift retry; see runbooks/NightshiftJobFailed.md");
    }

    private Explanation late() {
        return new Explanation(
                "the worker has had its " + limits.deadline().toMinutes() + " min (launcher.kubernetes.deadline)",
                "waiting for Job " + job + " to end",
                "as the last batch left it; what is done stays done",
                "raise the deadline or look why it takes so long, then nightshift retry");
    }

    private static Duration passed(long since, long now) {
        return Duration.ofNanos(now - since);
    }
}
