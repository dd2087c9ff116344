package dev.nightshift.postgres;

import dev.nightshift.drive.GuardLook;
import dev.nightshift.drive.Sensors;
import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.Finding;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.sandbox.Await;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** What the guards say of real servers, looked at as often as a test has to. */
record GuardEye(GuardLook look) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** With the default limits. */
    static GuardEye over(Sensors sensors, Declared... replicas) {
        return new GuardEye(new GuardLook(
                sensors, DeclaredReplicas.listed(List.of(replicas)), GuardSettings.DEFAULTS, System::nanoTime));
    }

    Judgement looked() {
        return Patiently.done("looking", look.look()).judgement();
    }

    /** The first judgement that is as wanted. */
    Judgement await(String what, Predicate<Judgement> wanted) {
        Judgement[] seen = {looked()};
        Await.until(what, PATIENCE, () -> {
            seen[0] = looked();
            return wanted.test(seen[0]);
        });
        return seen[0];
    }

    static List<String> reasons(Judgement judgement) {
        return judgement.findings().stream().map(Finding::reason).toList();
    }
}
