package dev.nightshift.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a step does that takes an application down or brings it back. */
final class DowntimeSentences {

    private DowntimeSentences() {}

    static List<String> of(WorkloadsStep step) {
        return step instanceof TakeDown down ? of(down) : of((BringBack) step);
    }

    private static List<String> of(TakeDown step) {
        List<String> does = new ArrayList<>();
        does.add("Scales " + stopped(step) + " in namespace " + step.namespace()
                + " to zero and waits until their pods, and"
                + " the sessions" + sessions(step.sessions()) + ", are gone: at most "
                + StepSentences.time(step.within())
                + ".");
        step.sessions()
                .terminate()
                .ifPresent(after -> does.add(
                        "Sessions that are left " + StepSentences.time(after) + " after the last pod are terminated."));
        does.add(
                step.keepDown()
                        ? "They stay down, also while the run is parked, failed or unclear, until it has succeeded or its"
                                + " abort plan is complete."
                        : "They are brought back by their own step, and whenever the run aborts, fails, parks or is unclear.");
        return does;
    }

    private static List<String> of(BringBack step) {
        List<String> does = new ArrayList<>();
        does.add("Brings back " + stopped(step.taken()) + " with as many replicas as before and waits until they are"
                + " ready: at most " + StepSentences.time(step.within()) + ".");
        step.images().forEach((what, image) -> does.add("New image of " + what + ": " + image + "."));
        return does;
    }

    /** What a careful reader would ask of the time in which the application is down. */
    static List<String> advice(TakeDown down, Plan plan) {
        List<String> advice = new ArrayList<>();
        plan.steps().stream()
                .skip(plan.steps().indexOf(down))
                .takeWhile(
                        step -> !(step instanceof BringBack back && back.taken().equals(down)))
                .filter(HoldStep.class::isInstance)
                .forEach(hold ->
                        advice.add("The application is down while step " + hold.name() + " waits for a person."));
        return advice;
    }

    private static String stopped(TakeDown step) {
        return step.stop().stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String sessions(TakeDown.Sessions sessions) {
        return sessions.user().map(user -> " of " + user).orElse("")
                + sessions.applicationName()
                        .map(name -> " called '" + name + "'")
                        .orElse("");
    }
}
