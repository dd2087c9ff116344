package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.ServerIdentity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        return pin(first, declared, GuardSettings.DEFAULTS);
    }

    /** The same; a replica that is waived now may be away. */
    public static Pinning pin(List<Sample> first, DeclaredReplicas declared, GuardSettings settings) {
        if (first.isEmpty()) {
            return new Pinning(UNPINNED, List.of("no sample came back"));
        }
        Set<String> waived =
                settings.waivedReplicasAt(first.get(first.size() - 1).at());
        return new Pinner(first, declared, waived).pin();
    }

    /** The set without these replicas and their slots: what is judged while they are waived. */
    ReplicaSet without(Set<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        Map<String, ReplicaClass> left = new LinkedHashMap<>(slots);
        left.keySet().removeAll(names);
        replicas.stream()
                .filter(replica -> names.contains(replica.name()) && replica.slot() != null)
                .forEach(replica -> left.remove(replica.slot()));
        List<PinnedReplica> others = replicas.stream()
                .filter(replica -> !names.contains(replica.name()))
                .toList();
        return new ReplicaSet(server, others, left, none, notes);
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
