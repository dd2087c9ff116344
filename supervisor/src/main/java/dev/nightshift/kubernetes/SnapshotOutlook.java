package dev.nightshift.kubernetes;

import dev.nightshift.backup.Provider.Outlook;
import dev.nightshift.plan.BackupSpec;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be told of VolumeSnapshots before one is taken: the kind, the claims and the class. */
final class SnapshotOutlook {

    private final BackupSpec.Snapshot spec;
    private final KubernetesClient client;
    private final String namespace;
    private final List<String> faults = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>(List.of("attested only: nothing of it will be read here"));

    SnapshotOutlook(BackupSpec.Snapshot spec, KubernetesClient client, String namespace) {
        this.spec = spec;
        this.client = client;
        this.namespace = namespace;
    }

    Outlook of(String what) {
        SnapshotKinds.SNAPSHOT
                .of(client)
                .inNamespace(namespace)
                .withLabels(SnapshotLabels.OURS)
                .list();
        spec.claims().forEach(this::claim);
        spec.storageClass()
                .ifPresentOrElse(
                        this::storageClass,
                        () -> doubts.add("the driver's default class decides what deleting a VolumeSnapshot deletes"));
        return new Outlook(what, faults, doubts);
    }

    private void claim(String name) {
        Seen<PersistentVolumeClaim> seen = seen(() -> client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(name)
                .get());
        if (seen.forbidden()) {
            doubts.add("whether claim " + name + " is there: no right to look at it");
        } else if (seen.value().isEmpty()) {
            faults.add("there is no claim " + name + " in namespace " + namespace);
        } else if (!"Bound".equals(phase(seen.value().get()))) {
            faults.add("claim " + name + " is " + phase(seen.value().get()) + " and not Bound");
        }
    }

    private static String phase(PersistentVolumeClaim claim) {
        return Optional.ofNullable(claim.getStatus())
                .map(status -> status.getPhase())
                .orElse("without a phase");
    }

    private void storageClass(String name) {
        Seen<GenericKubernetesResource> seen =
                seen(() -> SnapshotKinds.CLASS.of(client).withName(name).get());
        if (seen.forbidden()) {
            doubts.add("what class " + name + " does when a VolumeSnapshot is deleted: no right to look at it");
        } else if (seen.value().isEmpty()) {
            faults.add("there is no VolumeSnapshotClass " + name);
        } else if (SnapshotReading.text(seen.value().get(), "deletionPolicy")
                .filter("Delete"::equals)
                .isPresent()) {
            doubts.add(
                    "class " + name + " has deletionPolicy Delete: whoever deletes the VolumeSnapshot or its namespace"
                            + " deletes the backup");
        }
    }

    private interface Question<T> {
        @Nullable T ask();
    }

    private record Seen<T>(Optional<T> value, boolean forbidden) {}

    private static <T> Seen<T> seen(Question<T> question) {
        try {
            return new Seen<>(Optional.ofNullable(question.ask()), false);
        } catch (KubernetesClientException e) {
            if (e.getCode() == SnapshotFailures.FORBIDDEN) {
                return new Seen<>(Optional.empty(), true);
            }
            throw e;
        }
    }
}
