package dev.nightshift.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The three kinds of {@code snapshot.storage.k8s.io/v1}, which a cluster has only where somebody installed them. */
enum SnapshotKinds {
    SNAPSHOT("VolumeSnapshot", "volumesnapshots", true),
    CONTENT("VolumeSnapshotContent", "volumesnapshotcontents", false),
    CLASS("VolumeSnapshotClass", "volumesnapshotclasses", false);

    static final String API = "snapshot.storage.k8s.io/v1";

    private final String kind;
    private final String plural;
    private final boolean namespaced;

    SnapshotKinds(String kind, String plural, boolean namespaced) {
        this.kind = kind;
        this.plural = plural;
        this.namespaced = namespaced;
    }

    String kind() {
        return kind;
    }

    MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> of(
            KubernetesClient client) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup("snapshot.storage.k8s.io")
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build());
    }
}
