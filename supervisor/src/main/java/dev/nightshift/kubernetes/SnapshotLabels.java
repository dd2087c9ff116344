package dev.nightshift.kubernetes;

import dev.nightshift.backup.Provider.Wanted;
import java.util.Map;

/** The labels by which the snapshots of a run are found again. */
final class SnapshotLabels {

    static final String RUN = "nightshift.dev/run";

    /** Every snapshot that was taken for a run. */
    static final Map<String, String> OURS =
            Map.of("app.kubernetes.io/managed-by", "nightshift", "app.kubernetes.io/component", "backup");

    private static final int LONGEST_VALUE = 63;

    private SnapshotLabels() {}

    static Map<String, String> of(Wanted wanted) {
        return Map.of(
                "app.kubernetes.io/managed-by",
                "nightshift",
                "app.kubernetes.io/component",
                "backup",
                RUN,
                wanted.run().text(),
                "nightshift.dev/plan",
                value(wanted.plan().name()),
                "nightshift.dev/database",
                value(wanted.plan().database().database()));
    }

    /** A text as a label may hold it. */
    private static String value(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9_.-]", "-");
        String cut = plain.substring(0, Math.min(LONGEST_VALUE, plain.length()));
        return cut.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    }
}
