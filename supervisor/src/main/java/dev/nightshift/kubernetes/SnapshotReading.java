package dev.nightshift.kubernetes;

import dev.nightshift.backup.Provider.State;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far one VolumeSnapshot is. It is done only when it is bound, its content points back to it, the storage says that it
 * can be used, and the instant that it holds is known; whatever the controller reports as an error it tries again itself.
 *
 * @param message why it is not done, for people
 * @param bytes that a restore needs, 0 where nobody says
 * @param unchecked what this supervisor has no right to look at
 */
record SnapshotReading(State state, String message, Optional<Instant> at, long bytes, List<String> unchecked) {

    private static final String READY = "readyToUse";

    static SnapshotReading missing(String name) {
        return of(State.NONE, "there is no VolumeSnapshot " + name);
    }

    private static SnapshotReading of(State state, String message) {
        return new SnapshotReading(state, message, Optional.empty(), 0, List.of());
    }

    /** @param contents how the content that it names is looked up */
    static SnapshotReading of(GenericKubernetesResource snapshot, String claim, SnapshotContents contents) {
        String name = snapshot.getMetadata().getName();
        if (snapshot.getMetadata().getDeletionTimestamp() != null) {
            return of(State.FAILED, name + " is being deleted");
        }
        String source =
                text(snapshot, "spec", "source", "persistentVolumeClaimName").orElse("something else");
        if (!source.equals(claim)) {
            return of(State.FAILED, name + " is of " + source + " and not of claim " + claim);
        }
        Optional<String> bound = text(snapshot, "status", "boundVolumeSnapshotContentName");
        Optional<Instant> at = text(snapshot, "status", "creationTime").flatMap(SnapshotReading::instant);
        if (!Boolean.TRUE.equals(snapshot.get("status", READY)) || bound.isEmpty() || at.isEmpty()) {
            return of(State.RUNNING, name + ": " + waits(snapshot, bound));
        }
        SnapshotContents.Answer content = contents.ofSnapshot(snapshot, bound.get());
        return content.wrong()
                .map(why -> of(State.RUNNING, name + ": " + why))
                .orElseGet(() -> new SnapshotReading(State.DONE, "", at, bytes(snapshot), content.unchecked()));
    }

    private static String waits(GenericKubernetesResource snapshot, Optional<String> bound) {
        return text(snapshot, "status", "error", "message")
                .map(error -> "the controller tries again after: " + error)
                .orElseGet(() -> bound.isEmpty()
                        ? "not bound to a content yet"
                        : "bound to " + bound.get() + ", and not ready to use yet");
    }

    private static long bytes(GenericKubernetesResource snapshot) {
        return text(snapshot, "status", "restoreSize")
                .map(size -> Quantity.getAmountInBytes(new Quantity(size)).longValue())
                .orElse(0L);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<String> text(GenericKubernetesResource resource, Object... path) {
        Object value = resource.get(path);
        return Optional.ofNullable(value).map(Object::toString).filter(text -> !text.isEmpty());
    }
}
