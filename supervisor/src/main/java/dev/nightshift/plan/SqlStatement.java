package dev.nightshift.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One SQL statement, and what its words alone tell about how it runs. */
public final class SqlStatement {

    private static final Set<String> LONG_WORK = Set.of(
            "ANALYZE", "CALL", "CLUSTER", "COPY", "DELETE", "DO", "INSERT", "MERGE", "REFRESH", "REINDEX", "SELECT",
            "TABLE", "UPDATE", "VACUUM", "VALUES", "WITH");
    private static final Set<String> OPTIONS_FOLLOW = Set.of("ANALYZE", "CLUSTER", "REINDEX", "VACUUM");
    private static final Set<String> TRANSACTION_WORDS =
            Set.of("ABORT", "BEGIN", "COMMIT", "END", "RELEASE", "ROLLBACK", "SAVEPOINT", "START");
    private static final Set<String> QUERY_WORDS = Set.of("SELECT", "TABLE", "VALUES", "WITH");

    private final String text;
    private final List<SqlToken> tokens;
    /** Words and symbols outside parentheses, options behind the first word left out; a quoted name is one quote mark. */
    private final List<String> outline;

    SqlStatement(String text, List<SqlToken> tokens) {
        this.text = text;
        this.tokens = List.copyOf(tokens);
        this.outline = outlineOf(tokens);
    }

    private static List<String> outlineOf(List<SqlToken> tokens) {
        List<String> outline = tokens.stream()
                .filter(token -> token.depth() == 0)
                .map(token -> token.kind() == SqlToken.Kind.QUOTED_NAME ? "\"" : token.text())
                .collect(Collectors.toCollection(ArrayList::new));
        if (OPTIONS_FOLLOW.contains(outline.get(0))
                && outline.size() > 2
                && outline.get(1).equals("(")) {
            outline.subList(1, 3).clear();
        }
        return List.copyOf(outline);
    }

    /** As written, from its first to its last word, without a semicolon. */
    public String text() {
        return text;
    }

    /** Every name with a schema that stands in it; some may be functions, or columns of an alias. */
    public List<TableName> qualifiedNames() {
        return SqlNames.qualified(tokens);
    }

    List<SqlToken> tokens() {
        return tokens;
    }

    List<String> outline() {
        return outline;
    }

    public StatementClass statementClass() {
        boolean longWork = LONG_WORK.contains(outline.get(0)) || opensParenthesis() || buildsIndex();
        return longWork || isConcurrently() || validatesConstraint()
                ? StatementClass.CANCEL_ONLY
                : StatementClass.ATOMIC;
    }

    /**
     * Whether waiting for its lock harms nobody but other DDL, so that no lock timeout is set: with one, a build beside
     * a long transaction is cut off and leaves an invalid index.
     */
    public boolean waitsPatiently() {
        boolean vacuum = begins("VACUUM") && !hasOption("FULL");
        boolean concurrently = isConcurrently() && !begins("REFRESH");
        return concurrently || validatesConstraint() || begins("ANALYZE") || vacuum;
    }

    /** Whether PostgreSQL refuses it inside a transaction block. */
    public boolean runsOutsideTransaction() {
        boolean whole = begins("REINDEX") && (says("DATABASE", 2) || says("SYSTEM", 2) || says("SCHEMA", 2));
        boolean cluster = begins("CREATE", "DATABASE")
                || begins("DROP", "DATABASE")
                || begins("CREATE", "TABLESPACE")
                || begins("DROP", "TABLESPACE")
                || begins("ALTER", "SYSTEM")
                || begins("CREATE", "SUBSCRIPTION")
                || begins("DROP", "SUBSCRIPTION");
        boolean allTables = begins("CLUSTER") && outline.size() == 1;
        boolean concurrently = isConcurrently() && !begins("REFRESH");
        return begins("VACUUM") || whole || cluster || allTables || concurrently;
    }

    /** CREATE, DROP and REINDEX INDEX, REFRESH and DETACH PARTITION with CONCURRENTLY. */
    public boolean isConcurrently() {
        return buildsIndexConcurrently()
                || begins("DROP", "INDEX", "CONCURRENTLY")
                || begins("REFRESH", "MATERIALIZED", "VIEW", "CONCURRENTLY")
                || reindexesConcurrently()
                || detachesConcurrently();
    }

    /** CREATE INDEX CONCURRENTLY: cancelled, it leaves an invalid index behind. */
    public boolean buildsIndexConcurrently() {
        return begins("CREATE", "INDEX", "CONCURRENTLY") || begins("CREATE", "UNIQUE", "INDEX", "CONCURRENTLY");
    }

    /** ALTER TABLE … VALIDATE CONSTRAINT and nothing else beside it, which would bring its own stronger lock. */
    public boolean validatesConstraint() {
        List<String> action = tableAction();
        return !action.contains(",") && starts(action, "VALIDATE", "CONSTRAINT");
    }

    /** BEGIN, COMMIT and the like: who runs a step decides about transactions, not the step. */
    public boolean controlsTransaction() {
        return TRANSACTION_WORDS.contains(outline.get(0)) || begins("PREPARE", "TRANSACTION");
    }

    /** Whether it answers with rows by its first word; WITH may still write. */
    public boolean isQuery() {
        return QUERY_WORDS.contains(outline.get(0)) || opensParenthesis();
    }

    boolean beginsWithWord() {
        return tokens.get(0).kind() == SqlToken.Kind.WORD;
    }

    boolean begins(String... words) {
        return starts(outline, words);
    }

    /** Whether the option list right behind the first word switches this one on: {@code VACUUM (FULL)}. */
    boolean hasOption(String option) {
        if (says(option, 2)) {
            return true;
        }
        for (int i = 1; i < tokens.size() - 1 && tokens.get(1).is("("); i++) {
            SqlToken token = tokens.get(i);
            if (token.depth() == 0 && token.is(")")) {
                return false;
            }
            if (token.is(option)) {
                SqlToken value = tokens.get(i + 1);
                return !(value.is("FALSE") || value.is("OFF") || value.text().equals("0"));
            }
        }
        return false;
    }

    /** What an ALTER TABLE does: the outline behind the table's name; empty for other statements. */
    List<String> tableAction() {
        if (!begins("ALTER", "TABLE")) {
            return List.of();
        }
        List<String> rest = new ArrayList<>(outline.subList(2, outline.size()));
        if (starts(rest, "IF", "EXISTS")) {
            rest.subList(0, 2).clear();
        }
        if (starts(rest, "ONLY")) {
            rest.remove(0);
        }
        int nameEnd = rest.size() > 2 && rest.get(1).equals(".") ? 3 : 1;
        if (rest.size() > nameEnd && rest.get(nameEnd).equals("*")) {
            nameEnd++;
        }
        return rest.size() < nameEnd ? List.of() : List.copyOf(rest.subList(nameEnd, rest.size()));
    }

    private boolean buildsIndex() {
        return begins("CREATE", "INDEX") || begins("CREATE", "UNIQUE", "INDEX");
    }

    private boolean reindexesConcurrently() {
        return begins("REINDEX") && (says("CONCURRENTLY", 3) || hasOption("CONCURRENTLY"));
    }

    private boolean detachesConcurrently() {
        List<String> action = tableAction();
        return starts(action, "DETACH", "PARTITION")
                && action.get(action.size() - 1).equals("CONCURRENTLY");
    }

    private boolean opensParenthesis() {
        return outline.get(0).equals("(");
    }

    /** Whether the word is among the first {@code count} of the outline. */
    private boolean says(String word, int count) {
        return outline.stream().limit(count).anyMatch(word::equals);
    }

    private static boolean starts(List<String> list, String... words) {
        return list.size() >= words.length && list.subList(0, words.length).equals(List.of(words));
    }

    @Override
    public String toString() {
        return text;
    }
}
