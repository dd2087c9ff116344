package dev.nightshift.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes pieces of SQL that mean the same whatever names stand in them. */
final class Sql {

    private Sql() {}

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String lines(String... lines) {
        return String.join("\n", lines);
    }

    /** In quotes, with commas between them. */
    static String columns(List<Identifier> columns) {
        return columns.stream().map(Identifier::quoted).collect(Collectors.joining(", "));
    }

    /** As a person writes them. */
    static String shown(List<Identifier> columns) {
        return columns.stream().map(Identifier::toString).collect(Collectors.joining(", "));
    }

    static String[] names(String first, List<Identifier> columns, String last) {
        List<String> parts = columns.stream().map(Identifier::name).collect(Collectors.toCollection(ArrayList::new));
        parts.add(0, first);
        parts.add(last);
        return parts.toArray(String[]::new);
    }

    static String alter(TableName table, String action) {
        return "ALTER TABLE " + table.quoted() + (action.startsWith("\n") ? "" : " ") + action;
    }

    /** A line by which the linter lets a statement pass; it stands inside the statement and stays with it. */
    static String allow(String rule, String because) {
        return "\n    -- nightshift:allow " + rule + " because " + because + "\n    ";
    }

    static String block(String body) {
        return "DO " + dollars(body);
    }

    /** Between dollar quotes that the text itself does not hold. */
    static String dollars(String body) {
        String tag = "$nightshift$";
        for (int i = 1; body.contains(tag); i++) {
            tag = "$nightshift" + i + "$";
        }
        return tag + "\n" + body + "\n" + tag;
    }
}
