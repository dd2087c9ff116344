package dev.nightshift.kubernetes;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Locale;
import java.util.Optional;

/** What an answer of the API server means for whoever asked, by its HTTP status. */
final class ClusterFailures {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int INVALID = 422;
    private static final int BAD = 400;

    private ClusterFailures() {}

    static Trouble of(String doing, KubernetesClientException failure) {
        String said = said(failure);
        return switch (failure.getCode()) {
            case FORBIDDEN -> isQuota(said) ? quota(doing, said, failure) : forbidden(doing, said, failure);
            case NOT_FOUND, INVALID, BAD ->
                new Permanent(
                        new Explanation(
                                "the Kubernetes API refuses it: " + said,
                                doing,
                                Explanation.NOTHING_CHANGED,
                                "correct the launcher's settings, then nightshift retry; see runbooks/NightshiftJobFailed.md"),
                        failure);
            default ->
                new Transient(
                        new Explanation(
                                "the Kubernetes API does not answer: " + said,
                                doing,
                                "whatever works goes on under its permit",
                                "nothing: it is tried again; see runbooks/NightshiftJobFailed.md when it lasts"),
                        failure);
        };
    }

    private static Trouble quota(String doing, String said, KubernetesClientException failure) {
        return new Transient(
                new Explanation(
                        "the namespace's quota does not allow it: " + said,
                        doing,
                        Explanation.NOTHING_CHANGED,
                        "raise the quota or remove what uses it up; it is tried again"),
                failure);
    }

    private static Trouble forbidden(String doing, String said, KubernetesClientException failure) {
        return new Permanent(
                new Explanation(
                        "the supervisor's service account may not do that: " + said,
                        doing,
                        Explanation.NOTHING_CHANGED,
                        "apply the Role of k8s/base, then nightshift retry"),
                failure);
    }

    static boolean isQuota(String said) {
        return said.toLowerCase(Locale.ROOT).contains("exceeded quota");
    }

    private static String said(KubernetesClientException failure) {
        Optional<String> status = Optional.ofNullable(failure.getStatus()).map(Status::getMessage);
        Throwable cause = failure.getCause();
        String why = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return status.orElseGet(() -> failure.getMessage() + why);
    }
}
