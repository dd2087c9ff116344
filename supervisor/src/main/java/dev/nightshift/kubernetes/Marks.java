package dev.nightshift.kubernetes;

import dev.nightshift.run.RunId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The labels by which our objects are found again. */
final class Marks {

    static final String RUN = "nightshift.dev/run";
    static final String PLAN = "nightshift.dev/plan";
    static final String DATABASE = "nightshift.dev/database";
    static final String ATTEMPT = "nightshift.dev/attempt";

    /** Which start of a tool; the name of its Job. */
    static final String START = "nightshift.dev/start";

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String COMPONENT = "app.kubernetes.io/component";
    static final String NAME = "app.kubernetes.io/name";
    static final String US = "nightshift";
    static final String WORKER = "worker";
    static final String TOOL = "tool";

    private static final int LONGEST_VALUE = 63;

    private Marks() {}

    /** The workers of a run, of whatever attempt. */
    static Map<String, String> workersOf(RunId run) {
        return Map.of(MANAGED_BY, US, COMPONENT, WORKER, RUN, run.text());
    }

    /** The tools of a run, of whatever step. */
    static Map<String, String> toolsOf(RunId run) {
        return Map.of(MANAGED_BY, US, COMPONENT, TOOL, RUN, run.text());
    }

    /**
     * All labels of a Job.
     *
     * @param whose those by which it is found
     * @param more what else is to be read off it
     */
    static Map<String, String> all(Map<String, String> whose, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(whose);
        all.put(NAME, US);
        all.putAll(more);
        return all;
    }

    /** A text as a label may hold it. */
    static String value(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9_.-]", "-");
        String cut = plain.substring(0, Math.min(LONGEST_VALUE, plain.length()));
        return cut.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    }
}
