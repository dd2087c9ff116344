package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Column;
import dev.nightshift.guards.lint.tree.SqlType;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** COL-TYPE-CHOICE: json, char(n), varchar(n), timestamp without time zone, money or serial for a new column. */
final class TypeChoice extends Rule {
    TypeChoice() {
        super(new RuleCard(
                "COL-TYPE-CHOICE",
                Severity.INFO,
                "json, char(n), varchar(n), timestamp without time zone, money or serial for a new column",
                "-",
                "json has no equality, so DISTINCT and UNION break; char pads; a limit needs a lock to widen; a local time has no instant; money has one currency",
                "jsonb, text with a CHECK, timestamptz, numeric, identity",
                "ALTER TABLE shop.t ADD COLUMN j json",
                "ALTER TABLE shop.t ADD COLUMN j jsonb"));
    }

    private static final Map<String, String> BETTER = Map.of(
            "json", "json has no equality operator: jsonb",
            "bpchar", "char(n) pads with blanks: text",
            "timestamp", "timestamp without time zone names no instant: timestamptz",
            "money", "money follows the server's locale: numeric",
            "varchar", "the limit of varchar(n) takes a lock to change: text with a CHECK");

    @Override
    public Stream<Hit> check(Step step) {
        Stream<Column> added = NewColumns.of(step).map(NewColumns.Added::column);
        Stream<Column> changed = Change.of(step, "AlterColumnType").map(Change::column);
        return Stream.concat(added, changed)
                .flatMap(column -> better(column.type()).stream()
                        .map(why -> hit(column.name().isEmpty() ? why : column.name() + ": " + why)
                                .at(column.node())));
    }

    private static Optional<String> better(SqlType type) {
        if (type.isSerial()) {
            return Optional.of("serial hides a sequence with rights of its own: GENERATED ALWAYS AS IDENTITY");
        }
        boolean unlimited = type.base().equals("varchar") && type.modifiers().isEmpty();
        boolean own = type.name().isQualified() && !type.name().schema().equals("pg_catalog");
        return unlimited || own ? Optional.empty() : Optional.ofNullable(BETTER.get(type.base()));
    }
}
