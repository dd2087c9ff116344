package dev.nightshift.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewStatusBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** As an API server treats {@code /scale}: the version that a request carries has to be the workload's. It answers what one may do, too. */
final class ScalingDispatcher extends WatchedObjects {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    /** Asked before each change of replicas, {@code deployments/web 0}; what it refuses does not happen. */
    volatile Predicate<String> gate = change -> true;

    /** Told after each, before the answer goes out. */
    volatile Predicate<String> answers = change -> true;

    /** What one may do, {@code update deployments/scale}. */
    volatile Predicate<String> rights = right -> true;

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        if (request.getPath().endsWith("/selfsubjectaccessreviews")) {
            return review(Serialization.unmarshal(text(request.getBody()), SelfSubjectAccessReview.class));
        }
        boolean scales = request.method() == HttpMethod.PUT && request.getPath().endsWith("/scale");
        return scales ? scale(request) : super.dispatch(ofEveryObject(request));
    }

    /** The mock knows no field of an Event to select by; whoever asks tells them apart by uid. */
    private static RecordedRequest ofEveryObject(RecordedRequest request) {
        String path = request.getPath();
        return path.contains("fieldSelector=involvedObject")
                ? new RecordedRequest(
                        request.getHttpVersion(),
                        request.method(),
                        path.replaceAll("[?&]fieldSelector=involvedObject[^&]*", ""),
                        request.getHeaders(),
                        request.getBody())
                : request;
    }

    private MockResponse scale(RecordedRequest request) {
        String path = request.getPath().substring(0, request.getPath().length() - "/scale".length());
        Scale scale = Serialization.unmarshal(text(request.getBody()), Scale.class);
        String change = path.replaceFirst(".*/([^/]+/[^/]+)$", "$1") + " "
                + scale.getSpec().getReplicas();
        if (!gate.test(change)) {
            return new MockResponse().setResponseCode(UNAVAILABLE);
        }
        MockResponse found = super.handleGet(path);
        if (found.code() != OK) {
            return found;
        }
        String changed = path.contains("/deployments/")
                ? scaled(Serialization.unmarshal(text(found.getBody()), Deployment.class), scale)
                : scaled(Serialization.unmarshal(text(found.getBody()), StatefulSet.class), scale);
        if (changed.isEmpty()) {
            return new MockResponse()
                    .setResponseCode(CONFLICT)
                    .setBody(
                            "{\"kind\":\"Status\",\"code\":409,\"reason\":\"Conflict\",\"message\":\"it was changed\"}");
        }
        MockResponse put = super.handleUpdate(new RecordedRequest(
                request.getHttpVersion(),
                HttpMethod.PUT,
                path,
                request.getHeaders(),
                new Buffer(changed.getBytes(StandardCharsets.UTF_8))));
        if (!answers.test(change)) {
            return new MockResponse().setResponseCode(UNAVAILABLE);
        }
        return put.code() < 300 ? new MockResponse().setResponseCode(OK).setBody(Serialization.asJson(scale)) : put;
    }

    private MockResponse review(SelfSubjectAccessReview asked) {
        ResourceAttributes wanted = asked.getSpec().getResourceAttributes();
        String subresource = wanted.getSubresource();
        String right = wanted.getVerb() + " " + wanted.getResource()
                + (subresource == null || subresource.isEmpty() ? "" : "/" + subresource);
        asked.setStatus(new SubjectAccessReviewStatusBuilder()
                .withAllowed(rights.test(right))
                .build());
        return new MockResponse().setResponseCode(CREATED).setBody(Serialization.asJson(asked));
    }

    private static String scaled(Deployment there, Scale scale) {
        if (!there.getMetadata().getResourceVersion().equals(scale.getMetadata().getResourceVersion())) {
            return "";
        }
        there.getSpec().setReplicas(scale.getSpec().getReplicas());
        return Serialization.asJson(there);
    }

    private static String scaled(StatefulSet there, Scale scale) {
        if (!there.getMetadata().getResourceVersion().equals(scale.getMetadata().getResourceVersion())) {
            return "";
        }
        there.getSpec().setReplicas(scale.getSpec().getReplicas());
        return Serialization.asJson(there);
    }

    private static String text(Buffer body) {
        return new String(body.getBytes(), StandardCharsets.UTF_8);
    }
}
