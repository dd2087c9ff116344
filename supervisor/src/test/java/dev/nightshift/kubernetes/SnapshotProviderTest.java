package dev.nightshift.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.backup.Provider;
import dev.nightshift.backup.Provider.Look;
import dev.nightshift.backup.Provider.State;
import dev.nightshift.backup.Provider.Wanted;
import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** VolumeSnapshots against an API server behind which the test plays the snapshot controller by hand. */
@Timeout(60)
class SnapshotProviderTest {

    private static final String SHOP = "shop";
    private static final String NAME = "nightshift-7f3kmq-1";
    private static final String AT = "2026-03-02T01:00:07Z";

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private KubernetesClient client;

    SnapshotProviderTest() {
        server.init();
        client = server.createClient();
    }

    @BeforeEach
    void claims() {
        claim("data-0", "Bound");
        SnapshotKinds.CLASS
                .of(client)
                .resource(with("VolumeSnapshotClass", "csi-retain", null, Map.of(), "deletionPolicy", "Retain"))
                .create();
    }

    @AfterEach
    void close() {
        client.close();
        server.destroy();
    }

    private void claim(String name, String phase) {
        client.resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(SHOP)
                        .endMetadata()
                        .withNewStatus()
                        .withPhase(phase)
                        .endStatus()
                        .build())
                .create();
    }

    private static GenericKubernetesResource with(
            String kind, String name, @Nullable String namespace, Map<String, Object> spec, String key, Object value) {
        Map<String, Object> more = new HashMap<>();
        more.put("spec", spec);
        more.put(key, value);
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("snapshot.storage.k8s.io/v1")
                .withKind(kind)
                .withMetadata(new ObjectMetaBuilder()
                        .withName(name)
                        .withNamespace(namespace)
                        .build())
                .withAdditionalProperties(more)
                .build();
    }

    private static Plan plan(String snapshot) {
        PlanReading reading = PlanReader.read(
                "plan.yaml",
                "nightshift: 1\nname: orders\ndatabase: {url: \"postgresql://m@localhost/shop\"}\nbackup: {snapshot: "
                        + snapshot + "}\nsteps:\n  - verify: {name: ok, sql: SELECT true}\n",
                Path.of("/"));
        return ((PlanReading.Accepted) reading).plan();
    }

    private static final Plan ONE = plan("{claims: [data-0], class: csi-retain, namespace: shop}");
    private static final Plan TWO = plan("{claims: [data-0, wal-0], atomic: true, namespace: shop}");

    private Provider provider(Plan plan) {
        return new SnapshotProvider((BackupSpec.Snapshot) plan.backup(), server::createClient);
    }

    private static Wanted wanted(Plan plan) {
        return new Wanted("7f3kmq-1", new RunId("7f3kmq"), plan);
    }

    private Look look(Plan plan) {
        return provider(plan).look(wanted(plan), Optional.empty());
    }

    private GenericKubernetesResource snapshot(String name) {
        return SnapshotKinds.SNAPSHOT
                .of(client)
                .inNamespace(SHOP)
                .withName(name)
                .get();
    }

    private void status(String name, Map<String, Object> status) {
        SnapshotKinds.SNAPSHOT.of(client).inNamespace(SHOP).withName(name).edit(there -> {
            there.setAdditionalProperty("status", status);
            return there;
        });
    }

    private void content(String name, String to) {
        String uid = snapshot(to) == null ? "none" : snapshot(to).getMetadata().getUid();
        Map<String, Object> ref = Map.of("namespace", SHOP, "name", to, "uid", uid);
        SnapshotKinds.CONTENT
                .of(client)
                .resource(with(
                        "VolumeSnapshotContent",
                        name,
                        null,
                        Map.of("volumeSnapshotRef", ref, "deletionPolicy", "Retain"),
                        "status",
                        Map.of()))
                .create();
    }

    private static Map<String, Object> ready(String content, String at) {
        return Map.of(
                "boundVolumeSnapshotContentName",
                content,
                "readyToUse",
                true,
                "creationTime",
                at,
                "restoreSize",
                "10Gi");
    }

    @Test
    void a_snapshot_bears_the_run_and_has_no_owner() {
        Provider.Begun begun = provider(ONE).begin(wanted(ONE));
        assertThat(begun).isEqualTo(new Provider.Begun(NAME, "shop/" + NAME));
        GenericKubernetesResource created = snapshot(NAME);
        assertThat(created.getMetadata().getOwnerReferences()).isNullOrEmpty();
        assertThat(created.getMetadata().getLabels())
                .containsEntry("nightshift.dev/run", "7f3kmq")
                .containsEntry("app.kubernetes.io/component", "backup");
        assertThat(SnapshotReading.text(created, "spec", "source", "persistentVolumeClaimName"))
                .contains("data-0");
        assertThat(SnapshotReading.text(created, "spec", "volumeSnapshotClassName"))
                .contains("csi-retain");
    }

    @Test
    void one_that_was_begun_before_is_not_created_again() {
        assertThat(look(ONE).state()).isEqualTo(State.NONE);
        provider(ONE).begin(wanted(ONE));
        String uid = snapshot(NAME).getMetadata().getUid();
        provider(ONE).begin(wanted(ONE));
        assertThat(snapshot(NAME).getMetadata().getUid()).isEqualTo(uid);
        assertThat(SnapshotKinds.SNAPSHOT.of(client).inNamespace(SHOP).list().getItems())
                .hasSize(1);
    }

    @Test
    void one_of_somebody_else_under_that_name_is_left_alone() {
        GenericKubernetesResource other = with(
                "VolumeSnapshot",
                NAME,
                SHOP,
                Map.of("source", Map.of("persistentVolumeClaimName", "x")),
                "status",
                Map.of());
        other.getMetadata().setLabels(Map.of("nightshift.dev/run", "zzzzzz"));
        SnapshotKinds.SNAPSHOT.of(client).inNamespace(SHOP).resource(other).create();
        assertThatThrownBy(() -> provider(ONE).begin(wanted(ONE)))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("not of run 7f3kmq");
        assertThat(look(ONE)).isEqualTo(Look.of(State.FAILED, NAME + " is of x and not of claim data-0"));
    }

    @Test
    void it_is_done_when_it_is_bound_both_ways_ready_and_has_its_instant() {
        provider(ONE).begin(wanted(ONE));
        assertThat(look(ONE)).isEqualTo(Look.of(State.RUNNING, NAME + ": not bound to a content yet"));
        status(NAME, Map.of("boundVolumeSnapshotContentName", "snapcontent-1", "readyToUse", false));
        assertThat(look(ONE).message()).isEqualTo(NAME + ": bound to snapcontent-1, and not ready to use yet");
        status(NAME, Map.of("boundVolumeSnapshotContentName", "snapcontent-1", "readyToUse", true));
        assertThat(look(ONE).state()).as("ready and without an instant").isEqualTo(State.RUNNING);
        status(NAME, ready("snapcontent-1", AT));
        assertThat(look(ONE)).isEqualTo(Look.of(State.RUNNING, NAME + ": its content snapcontent-1 is not there"));
        content("snapcontent-1", NAME);
        Provider.Found found = look(ONE).found().orElseThrow();
        assertThat(found.at()).isEqualTo(Instant.parse(AT));
        assertThat(found.size())
                .hasValueSatisfying(size -> assertThat(size.bytes()).isEqualTo(10L << 30));
        assertThat(found.unchecked()).hasSize(2);
    }

    @Test
    void an_error_that_the_controller_clears_later_is_waited_out() {
        provider(ONE).begin(wanted(ONE));
        status(NAME, Map.of("readyToUse", false, "error", Map.of("message", "driver busy")));
        assertThat(look(ONE))
                .isEqualTo(Look.of(State.RUNNING, NAME + ": the controller tries again after: driver busy"));
        content("snapcontent-1", NAME);
        status(NAME, ready("snapcontent-1", AT));
        assertThat(look(ONE).state()).isEqualTo(State.DONE);
    }

    @Test
    void one_whose_content_points_elsewhere_never_counts() {
        provider(ONE).begin(wanted(ONE));
        content("snapcontent-1", "another");
        status(NAME, ready("snapcontent-1", AT));
        assertThat(look(ONE))
                .isEqualTo(Look.of(State.RUNNING, NAME + ": its content snapcontent-1 points to shop/another"));
    }

    @Test
    void several_volumes_are_done_together_and_of_one_instant() {
        provider(TWO).begin(wanted(TWO));
        content("c1", NAME + "-1");
        content("c2", NAME + "-2");
        status(NAME + "-1", ready("c1", AT));
        assertThat(look(TWO).state()).isEqualTo(State.RUNNING);
        status(NAME + "-2", ready("c2", "2026-03-02T01:00:08Z"));
        assertThat(look(TWO).found().orElseThrow().at()).isEqualTo(Instant.parse(AT));
        status(NAME + "-2", ready("c2", "2026-03-02T01:00:19Z"));
        assertThat(look(TWO).state()).isEqualTo(State.FAILED);
        assertThat(look(TWO).message()).contains("not atomic as the plan says");
        SnapshotKinds.SNAPSHOT
                .of(client)
                .inNamespace(SHOP)
                .withName(NAME + "-2")
                .delete();
        assertThat(look(TWO).state()).isEqualTo(State.NONE);
    }

    @Test
    void preflight_tells_what_is_missing_and_what_would_delete_the_backup() {
        assertThat(outlook(ONE).faults()).isEmpty();
        assertThat(outlook(ONE).doubts()).containsExactly("attested only: nothing of it will be read here");
        Plan wrong = plan("{claims: [data-0, data-9], atomic: true, class: nobody, namespace: shop}");
        assertThat(outlook(wrong).faults())
                .containsExactly(
                        "there is no claim data-9 in namespace shop", "there is no VolumeSnapshotClass nobody");
        SnapshotKinds.CLASS
                .of(client)
                .resource(with("VolumeSnapshotClass", "csi-delete", null, Map.of(), "deletionPolicy", "Delete"))
                .create();
        claim("lost-0", "Lost");
        Plan careless = plan("{claims: [lost-0], class: csi-delete, namespace: shop}");
        assertThat(outlook(careless).faults()).containsExactly("claim lost-0 is Lost and not Bound");
        assertThat(outlook(careless).doubts()).anyMatch(doubt -> doubt.contains("deletionPolicy Delete"));
    }

    private Provider.Outlook outlook(Plan plan) {
        return provider(plan).outlook(plan, at -> Optional.empty());
    }

    @Test
    void an_api_that_is_away_is_no_answer_and_no_end() {
        provider(ONE).begin(wanted(ONE));
        Config config = new ConfigBuilder(client.getConfiguration())
                .withRequestRetryBackoffLimit(0)
                .build();
        Provider away = new SnapshotProvider(
                (BackupSpec.Snapshot) ONE.backup(),
                () -> new KubernetesClientBuilder().withConfig(config).build());
        client.close();
        server.destroy();
        assertThat(away.look(wanted(ONE), Optional.empty()).state()).isEqualTo(State.NO_ANSWER);
        assertThatThrownBy(() -> away.begin(wanted(ONE))).isInstanceOf(Transient.class);
        assertThat(away.outlook(ONE, at -> Optional.empty()).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("does not answer"));
    }

    @Test
    void what_nobody_may_look_at_is_told_and_nothing_is_concluded() {
        GenericKubernetesResource snapshot = with("VolumeSnapshot", NAME, SHOP, Map.of(), "status", Map.of());
        SnapshotContents.Answer answer = new SnapshotContents(
                        name -> new SnapshotContents.Found(Optional.empty(), true))
                .ofSnapshot(snapshot, "snapcontent-1");
        assertThat(answer.wrong()).isEmpty();
        assertThat(answer.unchecked())
                .isEqualTo(List.of(
                        "that content snapcontent-1 points back, and its deletion policy: no right to look at it"));
    }
}
