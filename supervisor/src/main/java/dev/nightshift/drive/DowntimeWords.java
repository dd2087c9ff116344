package dev.nightshift.drive;

import dev.nightshift.plan.BringBack;
import dev.nightshift.plan.TakeDown;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a person is told of an application that is taken down, or that is not back. */
final class DowntimeWords {

    private DowntimeWords() {}

    static String of(List<Stopped> down) {
        return down.stream()
                .map(one ->
                        one.where() + one.refused().map(why -> " (" + why + ")").orElse(""))
                .collect(Collectors.joining("; "));
    }

    static String of(Throwable cause) {
        return cause instanceof Trouble trouble
                ? trouble.explanation().what() + "; it is tried again"
                : "a defect: " + cause;
    }

    static Explanation notGone(TakeDown step, String left) {
        return new Explanation(
                "after " + step.within().toSeconds() + " s there is still: " + left,
                "waiting until the application is gone, step " + step.name(),
                "no step after this one was begun",
                "see what keeps them (kubectl -n " + step.namespace()
                        + " get pods), or give them longer with `within`; then nightshift retry");
    }

    static Explanation notReady(BringBack step, String left) {
        return new Explanation(
                "after " + step.within().toSeconds() + " s it is not ready: " + left,
                "bringing the application back, step " + step.name(),
                "every step before this one is done; the replicas are set as they were",
                "see why its pods are not ready (kubectl -n " + step.taken().namespace()
                        + " get pods), then nightshift retry");
    }

    static Explanation startedAgain(List<String> up) {
        return new Explanation(
                "an application that the run has stopped was started again: " + String.join("; ", up),
                "carrying out the steps for which it is down",
                "as the journal has it; the step in between was ended",
                "keep whatever starts it from doing so for the time of the run, then nightshift retry;"
                        + " see docs/workloads.md");
    }

    static Transient notBack(List<String> left) {
        return new Transient(new Explanation(
                "the application is not back yet: " + String.join("; ", left),
                "bringing back what the run has stopped",
                "the abort steps are done as far as they can be",
                "nothing: it is tried again; see runbooks/NightshiftApplicationDown.md when it lasts"));
    }

    /** What an abort has left to do, with what is still down. */
    static List<String> left(List<String> ofSteps, List<Stopped> down) {
        List<String> all = new ArrayList<>(ofSteps);
        down.forEach(one -> all.add(one.byHand() + " -- "
                + one.refused().orElse("kept down by its plan until the rest of the abort plan is done")));
        return all;
    }
}
