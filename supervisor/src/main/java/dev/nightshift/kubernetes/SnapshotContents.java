package dev.nightshift.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether the content that a VolumeSnapshot is bound to points back to it. Contents are no objects of a namespace, so that
 * with Roles alone nobody may look at them: then that is told, and nothing is concluded.
 */
final class SnapshotContents {

    private final Function<String, Found> lookup;

    SnapshotContents(Function<String, Found> lookup) {
        this.lookup = lookup;
    }

    /** A content, or why there is none to be seen. */
    record Found(Optional<GenericKubernetesResource> content, boolean forbidden) {}

    /**
     * What a content says.
     *
     * @param wrong why the snapshot is not bound to it
     */
    record Answer(Optional<String> wrong, List<String> unchecked) {}

    Answer ofSnapshot(GenericKubernetesResource snapshot, String name) {
        Found found = lookup.apply(name);
        if (found.forbidden()) {
            return new Answer(
                    Optional.empty(),
                    List.of("that content " + name + " points back, and its deletion policy: no right to look at it"));
        }
        if (found.content().isEmpty()) {
            return new Answer(Optional.of("its content " + name + " is not there"), List.of());
        }
        GenericKubernetesResource content = found.content().get();
        String to = ref(content, "namespace") + "/" + ref(content, "name");
        String from = snapshot.getMetadata().getNamespace() + "/"
                + snapshot.getMetadata().getName();
        String uid = ref(content, "uid");
        if (!to.equals(from)
                || !(uid.isEmpty() || uid.equals(snapshot.getMetadata().getUid()))) {
            return new Answer(
                    Optional.of(
                            "its content " + name + " points to " + to + (to.equals(from) ? " of another time" : "")),
                    List.of());
        }
        boolean deletes = SnapshotReading.text(content, "spec", "deletionPolicy")
                .filter("Delete"::equals)
                .isPresent();
        return new Answer(
                Optional.empty(),
                deletes
                        ? List.of("whoever deletes the VolumeSnapshot deletes its data (deletionPolicy Delete)")
                        : List.of());
    }

    private static String ref(GenericKubernetesResource content, String key) {
        return SnapshotReading.text(content, "spec", "volumeSnapshotRef", key).orElse("");
    }
}
