package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Sample;
import java.util.List;

/**
 * The replicas that a run expects, pinned once at its start.
 *
 * @param none the plan says that there are none: nothing limits the pace
 * @param notes what a person should know about the set
 */
public record ReplicaSet(List<PinnedReplica> replicas, boolean none, List<String> notes) {

    public ReplicaSet {
        replicas = List.copyOf(replicas);
        notes = List.copyOf(notes);
    }

    /** Pins what the plan declares to what the first samples show, or says everything that is wrong. */
    public static Pinning pin(List<Sample> first, DeclaredReplicas declared) {
        return new Pinning(
                new ReplicaSet(List.of(), declared.mode() == DeclaredReplicas.Mode.NONE, List.of()), List.of());
    }

    /** A pinned set, usable only when there is no problem. */
    public record Pinning(ReplicaSet set, List<String> problems) {

        public Pinning {
            problems = List.copyOf(problems);
        }

        public boolean ok() {
            return problems.isEmpty();
        }
    }
}
