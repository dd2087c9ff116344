package dev.nightshift.view;

import dev.nightshift.run.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The audit trail for programs: a versioned document an entry, a page of them, or a line of CSV (RFC 4180). */
public final class AuditDocuments {

    private AuditDocuments() {}

    /** @param database what it is called here */
    public static Map<String, Object> entry(String database, AuditEntry entry) {
        Map<String, Object> document = Documents.of("AuditEntry");
        document.putAll(fields(database, entry));
        return document;
    }

    /** @param database what it is called here */
    public static Map<String, Object> page(String database, AuditTrail.Page page) {
        Map<String, Object> document = Documents.of("AuditPage");
        document.put(
                "entries",
                page.entries().stream().map(one -> entry(database, one)).toList());
        document.put("next", page.next().map(AuditTrail.Position::toString));
        return document;
    }

    /** The names of the columns; a line ends as RFC 4180 says. */
    public static String csvHead() {
        return String.join(",", COLUMNS) + "\r\n";
    }

    public static String csv(AuditEntry entry) {
        return fields(entry.database(), entry).values().stream()
                        .map(AuditDocuments::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static final List<String> COLUMNS = List.of(
            "id",
            "at",
            "database",
            "run",
            "plan",
            "planHash",
            "action",
            "immediate",
            "by",
            "from",
            "via",
            "role",
            "address",
            "reason",
            "observedAt",
            "outcome",
            "refused");

    private static Map<String, Object> fields(String database, AuditEntry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", entry.id());
        fields.put("at", entry.at());
        fields.put("database", database);
        fields.put("run", entry.about().map(AuditEntry.About::run).map(RunId::text));
        fields.put("plan", entry.about().map(AuditEntry.About::plan));
        fields.put("planHash", entry.about().map(AuditEntry.About::planHash));
        fields.put("action", entry.action());
        fields.put("immediate", entry.immediate());
        fields.put("by", entry.by());
        fields.put("from", entry.from());
        fields.put("via", entry.via().name().toLowerCase(Locale.ROOT));
        fields.put("role", entry.role());
        fields.put("address", entry.address());
        fields.put("reason", entry.reason());
        fields.put("observedAt", entry.observedAt());
        fields.put("outcome", entry.outcome());
        fields.put("refused", entry.refused());
        return fields;
    }

    /** A spreadsheet would carry out what begins like a formula; behind an apostrophe it is text. */
    private static String cell(Object value) {
        Object held = value instanceof Optional<?> maybe
                ? maybe.map(Object.class::cast).orElse("")
                : value;
        String text = held.toString();
        boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
        return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
    }
}
