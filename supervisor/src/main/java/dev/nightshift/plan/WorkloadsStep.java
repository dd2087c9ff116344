package dev.nightshift.plan;

import java.util.Locale;

/** Takes an application on Kubernetes down for the steps after it, or brings it back; the supervisor carries it out. */
public sealed interface WorkloadsStep extends Step permits TakeDown, BringBack {

    /** What kind of workload it is; each has replicas. */
    enum Kind {
        DEPLOYMENT("Deployment"),
        STATEFULSET("StatefulSet");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As the API server writes it. */
        public String word() {
            return word;
        }
    }

    /** A Deployment or StatefulSet of the step's namespace. */
    record Workload(Kind kind, String name) {

        /** As `kubectl` takes it: {@code deployment/web}. */
        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT) + "/" + name;
        }
    }

    @Override
    default StatementClass statementClass() {
        return StatementClass.CANCEL_ONLY;
    }

    @Override
    default String kind() {
        return "workloads";
    }
}
