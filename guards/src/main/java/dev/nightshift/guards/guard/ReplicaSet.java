package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.ServerIdentity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The replicas, slots and server that a run expects, pinned once at its start and again after a promotion.
 *
 * @param server the primary they belong to; null before anything was pinned
 * @param slots whose slots are judged, by slot name
 * @param none the plan says that there is no replica: nothing limits the pace
 * @param notes what a person should know about the set
 */
public record ReplicaSet(
        @Nullable ServerIdentity server,
        List<PinnedReplica> replicas,
        Map<String, ReplicaClass> slots,
        boolean none,
        List<String> notes) {

    /** Nothing is expected yet, so nothing can be clear. */
    public static final ReplicaSet UNPINNED = new ReplicaSet(null, List.of(), Map.of(), false, List.of());

    public ReplicaSet {
        replicas = List.copyOf(replicas);
        slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
        notes = List.copyOf(notes);
    }

    /** Pins what the plan declares to what the first samples show, or says everything that is wrong. */
    public static Pinning pin(List<Sample> first, DeclaredReplicas declared) {
        if (first.isEmpty()) {
            return new Pinning(UNPINNED, List.of("no sample came back"));
        }
        return new Pinner(first, declared).pin();
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
