package dev.nightshift.guards.guard;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a plan says under {@code replicas}: names with their classes, {@code none}, or {@code discover}. */
public record DeclaredReplicas(Mode mode, List<Declared> named) {

    public static final DeclaredReplicas NONE = new DeclaredReplicas(Mode.NONE, List.of());
    public static final DeclaredReplicas DISCOVER = new DeclaredReplicas(Mode.DISCOVER, List.of());

    public DeclaredReplicas {
        named = List.copyOf(named);
    }

    public static DeclaredReplicas listed(List<Declared> named) {
        return new DeclaredReplicas(Mode.LISTED, named);
    }

    /** What is declared without these names. */
    public DeclaredReplicas without(Set<String> names) {
        return new DeclaredReplicas(
                mode, named.stream().filter(one -> !names.contains(one.name())).toList());
    }

    /** Where the expected set comes from. */
    public enum Mode {
        NONE,
        DISCOVER,
        LISTED
    }

    /**
     * One name of the list.
     *
     * @param name an application name or a slot's name
     * @param delay of a delayed standby, else zero
     * @param upstream the standby that a cascaded one streams from, else null
     */
    public record Declared(
            String name,
            ReplicaClass kind,
            Duration delay,
            @Nullable String upstream) {

        public static Declared of(String name, ReplicaClass kind) {
            return new Declared(name, kind, Duration.ZERO, null);
        }

        public static Declared delayed(String name, Duration delay) {
            return new Declared(name, ReplicaClass.DELAYED, delay, null);
        }

        public static Declared cascaded(String name, String upstream) {
            return new Declared(name, ReplicaClass.CASCADED, Duration.ZERO, upstream);
        }
    }
}
