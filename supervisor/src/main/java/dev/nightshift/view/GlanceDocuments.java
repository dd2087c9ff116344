package dev.nightshift.view;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a supervisor saw at a glance, as part of documents and in the journal. */
public final class GlanceDocuments {

    private GlanceDocuments() {}

    /** The same form in which a supervisor leaves it for others to read. */
    public static Map<String, Object> glance(Glance glance) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", glance.at());
        fields.put("verdict", glance.verdict());
        fields.put("pace", glance.pace());
        fields.put("walRate", glance.walRate());
        fields.put("paceReasons", glance.paceReasons());
        fields.put(
                "replicas",
                glance.replicas().stream().map(GlanceDocuments::replica).toList());
        fields.put("guards", glance.guards());
        fields.put("clear", glance.clear());
        fields.put(
                "findings",
                glance.findings().stream().map(GlanceDocuments::finding).toList());
        fields.put("last", glance.last().map(GlanceDocuments::past));
        return fields;
    }

    private static Map<String, Object> replica(ReplicaLine replica) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", replica.name());
        fields.put("class", replica.kind());
        fields.put("state", replica.state());
        fields.put("note", replica.note());
        fields.put("lagSeconds", replica.timeLag());
        fields.put("lagSecondsExact", replica.timeLagExact());
        fields.put("lagSecondsLimit", replica.timeLimit());
        fields.put("lagBytes", replica.byteLag());
        fields.put("lagBytesLimit", replica.byteLimit());
        fields.put("replayRate", replica.replayRate());
        return fields;
    }

    private static Map<String, Object> finding(Glance.FindingLine finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("guard", finding.guard());
        fields.put("verdict", finding.verdict());
        fields.put("reason", finding.reason());
        fields.put("note", finding.note());
        return fields;
    }

    private static Map<String, Object> past(Glance.PastFinding past) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("verdict", past.verdict());
        fields.put("reason", past.reason());
        fields.put("endedAt", past.endedAt());
        return fields;
    }
}
