package dev.nightshift.kubernetes;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** What a refusal of the API server means for a VolumeSnapshot, by its HTTP status. */
final class SnapshotFailures {

    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int FIRST_OF_SERVER = 500;

    private SnapshotFailures() {}

    /** True when another try may go better. */
    static boolean passes(KubernetesClientException failure) {
        int code = failure.getCode();
        return code < 400 || code == CONFLICT || code == TOO_MANY || code >= FIRST_OF_SERVER;
    }

    static Trouble of(String doing, KubernetesClientException failure) {
        String said = said(failure);
        if (passes(failure)) {
            return new Transient(
                    new Explanation(
                            "the Kubernetes API does not answer: " + said,
                            doing,
                            Explanation.NOTHING_CHANGED,
                            "nothing: it is asked again"),
                    failure);
        }
        return new Permanent(
                new Explanation(
                        switch (failure.getCode()) {
                            case FORBIDDEN -> "the supervisor's service account may not do that: " + said;
                            case NOT_FOUND ->
                                "the cluster has no VolumeSnapshots (" + SnapshotKinds.API + "), or no such"
                                        + " namespace: " + said;
                            default -> "the Kubernetes API refuses it: " + said;
                        },
                        doing,
                        Explanation.NOTHING_CHANGED,
                        "see docs/backups.md for what snapshots need, then `nightshift retry`"),
                failure);
    }

    static String said(KubernetesClientException failure) {
        Throwable cause = failure.getCause();
        String why = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return Optional.ofNullable(failure.getStatus())
                .map(Status::getMessage)
                .orElseGet(() -> failure.getMessage() + why);
    }
}
