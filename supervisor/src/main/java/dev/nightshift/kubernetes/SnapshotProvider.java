package dev.nightshift.kubernetes;

import dev.nightshift.backup.Provider;
import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * VolumeSnapshots of a server's volumes: created without an owner, so that nothing's end takes them along, and found again
 * by their names. A client is made for each question and closed behind it.
 */
public final class SnapshotProvider implements Provider {

    private static final String DOING = "asking Kubernetes for VolumeSnapshots";

    /** Instants are given in seconds. */
    private static final Duration ONE_INSTANT = Duration.ofSeconds(2);

    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 10_000;

    private final BackupSpec.Snapshot spec;
    private final Supplier<KubernetesClient> clients;

    SnapshotProvider(BackupSpec.Snapshot spec, Supplier<KubernetesClient> clients) {
        this.spec = spec;
        this.clients = clients;
    }

    /** Through the service account of this pod, or what kubectl would use here. */
    public static SnapshotProvider of(BackupSpec.Snapshot spec) {
        return new SnapshotProvider(
                spec, () -> new KubernetesClientBuilder().withConfig(limited()).build());
    }

    /** A question that is not answered is put again by whoever asked. */
    private static Config limited() {
        return new ConfigBuilder(Config.autoConfigure(null))
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(ANSWER_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    @Override
    public Begun begin(Wanted wanted) {
        List<String> names = names(wanted);
        try (KubernetesClient client = clients.get()) {
            String namespace = namespace(client);
            for (int i = 0; i < names.size(); i++) {
                create(client, snapshot(wanted, names.get(i), spec.claims().get(i), namespace));
            }
            return new Begun(String.join(" ", names), location(namespace, names));
        } catch (KubernetesClientException e) {
            throw SnapshotFailures.of(DOING, e);
        }
    }

    /** One of that name was created by an attempt before, unless it is somebody else's. */
    private static void create(KubernetesClient client, GenericKubernetesResource wanted) {
        String namespace = wanted.getMetadata().getNamespace();
        try {
            SnapshotKinds.SNAPSHOT
                    .of(client)
                    .inNamespace(namespace)
                    .resource(wanted)
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != SnapshotFailures.CONFLICT) {
                throw e;
            }
            String name = wanted.getMetadata().getName();
            GenericKubernetesResource there = SnapshotKinds.SNAPSHOT
                    .of(client)
                    .inNamespace(namespace)
                    .withName(name)
                    .get();
            String run = String.valueOf(wanted.getMetadata().getLabels().get(SnapshotLabels.RUN));
            Map<String, String> labels =
                    there == null ? null : there.getMetadata().getLabels();
            if (labels != null && !run.equals(labels.get(SnapshotLabels.RUN))) {
                throw new Permanent(new Explanation(
                        "VolumeSnapshot " + name + " is there already and not of run " + run,
                        DOING,
                        Explanation.NOTHING_CHANGED,
                        "see whose it is: kubectl get volumesnapshot " + name + " -o yaml"));
            }
        }
    }

    private GenericKubernetesResource snapshot(Wanted wanted, String name, String claim, String namespace) {
        Map<String, Object> description = new TreeMap<>(Map.of("source", Map.of("persistentVolumeClaimName", claim)));
        spec.storageClass().ifPresent(known -> description.put("volumeSnapshotClassName", known));
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(SnapshotKinds.API)
                .withKind(SnapshotKinds.SNAPSHOT.kind())
                .withMetadata(new ObjectMetaBuilder()
                        .withName(name)
                        .withNamespace(namespace)
                        .withLabels(SnapshotLabels.of(wanted))
                        .build())
                .withAdditionalProperties(Map.of("spec", description))
                .build();
    }

    @Override
    public Look look(Wanted wanted, Optional<String> handle) {
        List<String> names = names(wanted);
        try (KubernetesClient client = clients.get()) {
            String namespace = namespace(client);
            SnapshotContents contents = new SnapshotContents(name -> content(client, name));
            List<SnapshotReading> readings = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                GenericKubernetesResource there = SnapshotKinds.SNAPSHOT
                        .of(client)
                        .inNamespace(namespace)
                        .withName(names.get(i))
                        .get();
                readings.add(
                        there == null
                                ? SnapshotReading.missing(names.get(i))
                                : SnapshotReading.of(there, spec.claims().get(i), contents));
            }
            return together(readings, String.join(" ", names), location(namespace, names));
        } catch (KubernetesClientException e) {
            if (SnapshotFailures.passes(e)) {
                return Look.of(State.NO_ANSWER, SnapshotFailures.said(e));
            }
            throw SnapshotFailures.of(DOING, e);
        }
    }

    /** As far as the one that is least far. */
    private static Look together(List<SnapshotReading> readings, String handle, String location) {
        for (State state : List.of(State.FAILED, State.NONE, State.RUNNING)) {
            Optional<SnapshotReading> one = readings.stream()
                    .filter(reading -> reading.state() == state)
                    .findFirst();
            if (one.isPresent()) {
                return Look.of(state, one.get().message());
            }
        }
        List<Instant> instants = readings.stream()
                .flatMap(reading -> reading.at().stream())
                .sorted()
                .toList();
        Instant first = instants.get(0);
        Instant last = instants.get(instants.size() - 1);
        if (Duration.between(first, last).compareTo(ONE_INSTANT) > 0) {
            return Look.of(
                    State.FAILED,
                    "they hold instants from " + first + " to " + last + ", so they are not atomic as the plan says");
        }
        List<String> unchecked = new ArrayList<>(List.of(
                "nothing of it was read here",
                "that these volumes hold all of the server's files is what the plan says"));
        readings.forEach(reading -> unchecked.addAll(reading.unchecked()));
        long bytes = readings.stream().mapToLong(SnapshotReading::bytes).sum();
        Optional<ByteSize> size = bytes == 0 ? Optional.empty() : Optional.of(new ByteSize(bytes));
        return Look.done(new Found(handle, location, first, size, "attested", unchecked));
    }

    private static SnapshotContents.Found content(KubernetesClient client, String name) {
        try {
            return new SnapshotContents.Found(
                    Optional.ofNullable(
                            SnapshotKinds.CONTENT.of(client).withName(name).get()),
                    false);
        } catch (KubernetesClientException e) {
            if (e.getCode() == SnapshotFailures.FORBIDDEN) {
                return new SnapshotContents.Found(Optional.empty(), true);
            }
            throw e;
        }
    }

    @Override
    public Outlook outlook(Plan plan, Function<Instant, Optional<String>> doubt) {
        String what = "a VolumeSnapshot of " + String.join(" and ", spec.claims());
        try (KubernetesClient client = clients.get()) {
            return new SnapshotOutlook(spec, client, namespace(client)).of(what);
        } catch (KubernetesClientException e) {
            return new Outlook(
                    what, List.of(SnapshotFailures.of(DOING, e).explanation().what()), List.of());
        }
    }

    private String namespace(KubernetesClient client) {
        return spec.namespace()
                .orElseGet(() -> Optional.ofNullable(client.getNamespace()).orElse("default"));
    }

    private List<String> names(Wanted wanted) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < spec.claims().size(); i++) {
            names.add(spec.claims().size() == 1 ? wanted.name() : wanted.name() + "-" + (i + 1));
        }
        return names;
    }

    private static String location(String namespace, List<String> names) {
        return namespace + "/"
                + names.stream()
                        .sorted(Comparator.naturalOrder())
                        .reduce((a, b) -> a + " " + b)
                        .orElse("");
    }
}
