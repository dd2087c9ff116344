package dev.nightshift.postgres;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.plan.CopyStep;
import dev.nightshift.plan.Identifier;
import dev.nightshift.plan.RestoreStep;
import dev.nightshift.plan.WalkStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a walk does to the rows that it visits, as SQL: an UPDATE, a DELETE, or an INSERT elsewhere. What the plan wrote
 * is put between parentheses and sees no name of ours but those of the table: ours begin with {@code nightshift_}.
 *
 * @param targetKey of a copy, columns of a unique index of its target, all of them set by the step
 * @param kept where old values are kept, or come from
 */
record Change(WalkStep step, List<String> targetKey, Optional<KeptSql> kept) {

    private static final String RETURNING_NONE = " RETURNING NULL::text AS nightshift_left";

    Change {
        targetKey = List.copyOf(targetKey);
    }

    /** Which rows are still to do, of those that a batch visits. Not a condition that an index could serve. */
    String matching() {
        return step.where().map(w -> "((" + w + ") IS TRUE)").orElse("true");
    }

    /**
     * The statement that does it, answering of each row {@code nightshift_left}: its keys as text when it still matches,
     * else null. One value, and none for most rows, since every one that is answered costs the batch time.
     *
     * @param from what is gone through, as in a FROM
     * @param condition which rows
     * @param keys expressions over a row
     */
    String rows(String from, String condition, List<String> keys) {
        if (step instanceof RestoreStep) {
            return kept.orElseThrow().restoring(step.table(), condition) + RETURNING_NONE;
        }
        if (step instanceof CopyStep) {
            return "INSERT INTO " + step.table().quoted() + " (" + columns((column, value) -> column) + ")"
                    + " SELECT " + columns((column, value) -> "(" + value + ")") + " FROM " + from
                    + " WHERE " + condition + " FOR KEY SHARE"
                    + " ON CONFLICT (" + targetKey.stream().map(Change::quoted).collect(Collectors.joining(", "))
                    + ") DO NOTHING" + RETURNING_NONE;
        }
        if (!(step instanceof BackfillStep)) {
            return "DELETE FROM " + from + " WHERE " + condition + RETURNING_NONE;
        }
        String left = step.leaves()
                ? " RETURNING CASE WHEN " + matching() + " THEN concat_ws(', ', " + String.join(", ", keys)
                        + ") END AS nightshift_left"
                : RETURNING_NONE;
        return "UPDATE " + from + " SET " + assignments() + (keeps() ? " FROM " + KeptSql.LOCKED : "") + " WHERE "
                + condition + left
                + (keeps() ? ", " + kept.orElseThrow().changed() : "");
    }

    /** Whether it keeps what it overwrites; then {@link #rows} reads {@link KeptSql#LOCKED}. */
    boolean keeps() {
        return step instanceof BackfillStep && kept.isPresent();
    }

    /** The part of a batch that keeps it. */
    Optional<String> keeping() {
        return keeps() ? kept.map(KeptSql::part) : Optional.empty();
    }

    /** The same without anything kept. */
    Change plain() {
        return step instanceof RestoreStep ? this : new Change(step, targetKey, Optional.empty());
    }

    /** How strong a row is locked before it is done. */
    String lock(boolean setsKey) {
        if (step instanceof CopyStep) {
            return "KEY SHARE";
        }
        return step instanceof BackfillStep && !setsKey ? "NO KEY UPDATE" : "UPDATE";
    }

    /** Whether what an earlier batch did leaves room in a page for the next one. */
    boolean makesRoom() {
        return step instanceof BackfillStep;
    }

    /**
     * A query for what is left to do.
     *
     * @param from what is gone through, as in a FROM
     * @param values expressions over a row, answered as {@code nightshift_1} and so on
     * @param within a further condition
     */
    String left(String from, List<String> values, String within) {
        String inner = "FROM " + from + " WHERE " + matching() + " AND " + within;
        if (!(step instanceof CopyStep)) {
            return "SELECT " + named(values, value -> value) + " " + inner;
        }
        // Outside, since inside the names would be those of the target.
        String partner = IntStream.range(0, targetKey.size())
                .mapToObj(i -> "nightshift_to." + quoted(targetKey.get(i)) + " = nightshift_from.nightshift_key_" + i)
                .collect(Collectors.joining(" AND "));
        String both = named(values, value -> value)
                + IntStream.range(0, targetKey.size())
                        .mapToObj(i -> ", (" + step.set().get(targetKey.get(i)) + ") AS nightshift_key_" + i)
                        .collect(Collectors.joining());
        return "SELECT nightshift_from.* FROM (SELECT " + both + " " + inner + ") AS nightshift_from WHERE NOT EXISTS"
                + " (SELECT FROM " + step.table().quoted() + " AS nightshift_to WHERE " + partner + ")";
    }

    private static String quoted(String column) {
        return new Identifier(column).quoted();
    }

    private String assignments() {
        return columns((column, value) -> column + " = (" + value + ")");
    }

    private String columns(BinaryOperator<String> each) {
        return step.set().entrySet().stream()
                .map(e -> each.apply(quoted(e.getKey()), e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String named(List<String> expressions, Function<String, String> each) {
        List<String> named = new ArrayList<>();
        for (String expression : expressions) {
            named.add(each.apply(expression) + " AS nightshift_" + (named.size() + 1));
        }
        return String.join(", ", named);
    }
}
