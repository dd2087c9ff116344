package dev.nightshift.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The locks that are certain from a statement's words alone; nothing where the catalog would have a say. */
final class StatementLocks {

    private static final String ACCESS_EXCLUSIVE = "ACCESS EXCLUSIVE";
    private static final String EXCLUSIVE = "EXCLUSIVE";
    private static final String SHARE = "SHARE";
    private static final String SHARE_ROW_EXCLUSIVE = "SHARE ROW EXCLUSIVE";
    private static final String SHARE_UPDATE_EXCLUSIVE = "SHARE UPDATE EXCLUSIVE";
    private static final String ROW_EXCLUSIVE = "ROW EXCLUSIVE";

    /** First words of actions of ALTER TABLE that take the strongest lock, whatever else stands beside them. */
    private static final Set<String> STRONG_ACTIONS =
            Set.of("ADD COLUMN", "DROP COLUMN", "DROP CONSTRAINT", "RENAME TO");

    private static final Pattern NOT_NULL = Pattern.compile("ALTER (COLUMN )?\\S+ (SET|DROP) NOT NULL");

    private static final Pattern FIRST_OF_BLOCK =
            Pattern.compile("(?is)DO\\b(?:(?!\\bBEGIN\\b).)*+\\bBEGIN\\s+LOCK\\s+TABLE\\s+(" + Identifier.PATTERN
                    + "\\." + Identifier.PATTERN + ")\\s+IN\\s+([A-Z ]+?)\\s+MODE\\s*;.*");

    private final SqlStatement statement;
    private final SqlNames names;

    private StatementLocks(SqlStatement statement) {
        this.statement = statement;
        this.names = new SqlNames(statement);
    }

    /** Empty when the text alone cannot tell. */
    static List<TableLock> of(SqlStatement statement) {
        StatementLocks locks = new StatementLocks(statement);
        return switch (statement.outline().get(0)) {
            case "CREATE" -> locks.create();
            case "DROP" -> locks.drop();
            case "ALTER" -> locks.alterTable();
            case "DO" -> locks.block();
            case "TRUNCATE" -> List.of(new TableLock(ACCESS_EXCLUSIVE, "the tables it names"));
            case "REINDEX" -> locks.reindex();
            case "REFRESH" -> locks.refresh();
            case "VACUUM" ->
                List.of(new TableLock(
                        statement.hasOption("FULL") ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE,
                        "each table while its turn lasts"));
            case "ANALYZE" -> List.of(new TableLock(SHARE_UPDATE_EXCLUSIVE, "each table while its turn lasts"));
            case "CLUSTER" -> List.of(new TableLock(ACCESS_EXCLUSIVE, "the table for the whole rewrite"));
            case "UPDATE" -> locks.on(ROW_EXCLUSIVE, "UPDATE");
            case "INSERT" -> locks.on(ROW_EXCLUSIVE, "INTO");
            case "DELETE" -> locks.on(ROW_EXCLUSIVE, "FROM");
            default -> List.of();
        };
    }

    private List<TableLock> create() {
        if (statement.buildsIndexConcurrently()) {
            return on(SHARE_UPDATE_EXCLUSIVE, "ON");
        }
        if (statement.begins("CREATE", "INDEX") || statement.begins("CREATE", "UNIQUE", "INDEX")) {
            return on(SHARE, "ON");
        }
        boolean trigger = statement.begins("CREATE", "TRIGGER")
                || statement.begins("CREATE", "OR", "REPLACE", "TRIGGER")
                || statement.begins("CREATE", "CONSTRAINT", "TRIGGER");
        return trigger ? on(SHARE_ROW_EXCLUSIVE, "ON") : List.of();
    }

    /** A block may do anything; but if the first thing is a lock, that one is certain. */
    private List<TableLock> block() {
        Matcher first = FIRST_OF_BLOCK.matcher(statement.text());
        return first.matches()
                ? List.of(new TableLock(
                        first.group(2).toUpperCase(Locale.ROOT),
                        TableName.parse(first.group(1)).toString()))
                : List.of();
    }

    private List<TableLock> drop() {
        if (statement.begins("DROP", "TRIGGER")) {
            return on(ACCESS_EXCLUSIVE, "ON");
        }
        if (statement.begins("DROP", "INDEX", "CONCURRENTLY")) {
            return List.of(new TableLock(SHARE_UPDATE_EXCLUSIVE, "the index's table"));
        }
        if (statement.begins("DROP", "INDEX")) {
            return List.of(new TableLock(ACCESS_EXCLUSIVE, "the index and its table"));
        }
        return statement.begins("DROP", "TABLE")
                ? List.of(new TableLock(ACCESS_EXCLUSIVE, "the tables it names, and those they refer to"))
                : List.of();
    }

    private List<TableLock> reindex() {
        return statement.isConcurrently()
                ? List.of(new TableLock(SHARE_UPDATE_EXCLUSIVE, "the table of each index"))
                : List.of(
                        new TableLock(SHARE, "the table of each index"), new TableLock(ACCESS_EXCLUSIVE, "each index"));
    }

    private List<TableLock> refresh() {
        return on(
                statement.isConcurrently() ? EXCLUSIVE : ACCESS_EXCLUSIVE,
                statement.isConcurrently() ? "CONCURRENTLY" : "VIEW");
    }

    private List<TableLock> alterTable() {
        List<String> action = statement.tableAction();
        String table = names.alteredTable();
        if (action.size() < 2 || table.isEmpty()) {
            return List.of();
        }
        if (statement.validatesConstraint()) {
            return List.of(new TableLock(SHARE_UPDATE_EXCLUSIVE, table));
        }
        String first = action.get(0) + " " + action.get(1);
        if (first.equals("DETACH PARTITION")) {
            String partition = names.after("PARTITION");
            return statement.isConcurrently()
                    ? List.of(
                            new TableLock(SHARE_UPDATE_EXCLUSIVE, table),
                            new TableLock(ACCESS_EXCLUSIVE, partition + " at the end"))
                    : List.of(new TableLock(ACCESS_EXCLUSIVE, table), new TableLock(ACCESS_EXCLUSIVE, partition));
        }
        if (first.equals("ATTACH PARTITION")) {
            return List.of(
                    new TableLock(SHARE_UPDATE_EXCLUSIVE, table),
                    new TableLock(ACCESS_EXCLUSIVE, names.after("PARTITION")));
        }
        return STRONG_ACTIONS.contains(first)
                ? List.of(new TableLock(ACCESS_EXCLUSIVE, table))
                : constraint(action, table);
    }

    private List<TableLock> constraint(List<String> action, String table) {
        boolean adds = action.get(0).equals("ADD") && !action.contains(",");
        if (adds && action.contains("REFERENCES") && action.contains("FOREIGN")) {
            return List.of(
                    new TableLock(SHARE_ROW_EXCLUSIVE, table),
                    new TableLock(SHARE_ROW_EXCLUSIVE, names.after("REFERENCES")));
        }
        boolean sets = NOT_NULL.matcher(String.join(" ", action)).matches();
        boolean takesIndex = adds && action.contains("USING") && action.contains("INDEX");
        return sets || takesIndex || (adds && action.contains("CHECK"))
                ? List.of(new TableLock(ACCESS_EXCLUSIVE, table))
                : List.of();
    }

    private List<TableLock> on(String mode, String word) {
        String table = names.after(word);
        return table.isEmpty() ? List.of() : List.of(new TableLock(mode, table));
    }
}
