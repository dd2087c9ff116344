package dev.nightshift.guards.preflight;

import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.DeclaredReplicas.Mode;
import dev.nightshift.guards.preflight.Replication.Standby;
import java.util.ArrayList;
import java.util.List;

/** Every declared standby streams; a row that is not there must not read as "no lag". */
final class StandbyPresentCheck {

    private static final String STREAMING = "streaming";

    private StandbyPresentCheck() {}

    static List<Answer> judge(Situation situation) {
        DeclaredStandbys declared = new DeclaredStandbys(situation.work().replicas());
        return situation.replication().standbys().judge(standbys -> {
            List<Answer> faults = new ArrayList<>();
            declared.wanted().forEach(one -> judge(one, standbys, declared, faults));
            if (declared.declared().mode() == Mode.DISCOVER && standbys.isEmpty()) {
                faults.add(Answer.fail(
                        "no standby is connected", "start it, or say `replicas: none` in the plan if there is none"));
            }
            return Answer.orPass(faults, seen(standbys));
        });
    }

    private static void judge(Declared one, List<Standby> standbys, DeclaredStandbys declared, List<Answer> faults) {
        List<Standby> matching =
                standbys.stream().filter(s -> s.isCalled(one.name())).toList();
        if (matching.isEmpty()) {
            faults.add(declared.fault(
                    one.kind(),
                    one.name() + " is declared " + one.kind().key() + " and not connected; " + seen(standbys),
                    "start " + one.name() + " and see its log, or correct `replicas` in the plan"));
        }
        for (Standby standby : matching) {
            if (!standby.state().equals(STREAMING)) {
                faults.add(declared.fault(
                        one.kind(),
                        one.name() + " is in state " + standby.state() + ", not " + STREAMING,
                        "wait until " + one.name() + " has caught up"));
            }
        }
    }

    private static String seen(List<Standby> standbys) {
        List<String> names = standbys.stream()
                .map(standby -> standby.name() + " (" + standby.state() + ")")
                .toList();
        return names.isEmpty() ? "none is connected" : "connected: " + String.join(", ", names);
    }
}
