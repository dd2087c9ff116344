package dev.nightshift.guards.preflight;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.DeclaredReplicas.Mode;
import dev.nightshift.guards.guard.ReplicaClass;
import java.util.List;

/** Which walsenders a plan wants judged, and how. */
record DeclaredStandbys(DeclaredReplicas declared) {

    /** What the plan owes to this one; one that it does not name is only shown, unless it is to be discovered. */
    ReplicaClass kindOf(Replication.Standby standby) {
        if (standby.neverReplays()) {
            return ReplicaClass.RECEIVER;
        }
        ReplicaClass otherwise = declared.mode() == Mode.DISCOVER ? ReplicaClass.REQUIRED : ReplicaClass.OBSERVED;
        return declared.named().stream()
                .filter(one -> standby.isCalled(one.name()))
                .findFirst()
                .map(Declared::kind)
                .orElse(otherwise);
    }

    /** Those that the primary must know; the standby in front of a cascaded one is asked when the replicas are pinned. */
    List<Declared> wanted() {
        return declared.named().stream()
                .filter(one -> one.kind().lagJudged() && one.upstream() == null)
                .toList();
    }

    /** A fault of what the run needs stops it; of a best effort it is told. */
    Answer fault(ReplicaClass kind, String seen, String remedy) {
        return kind == ReplicaClass.BEST_EFFORT ? Answer.warn(seen, remedy) : Answer.fail(seen, remedy);
    }
}
