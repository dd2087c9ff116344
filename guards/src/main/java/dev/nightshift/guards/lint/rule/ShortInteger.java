package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Column;
import dev.nightshift.guards.lint.tree.Types;
import java.util.stream.Stream;

/** COL-SHORT-INT: a smallint, int or serial key or identity in new tables or columns; a foreign key of another type than its target. */
final class ShortInteger extends Rule {
    ShortInteger() {
        super(new RuleCard(
                "COL-SHORT-INT",
                Severity.WARN,
                "a smallint, int or serial key or identity in new tables or columns; a foreign key of another type than its target",
                "-",
                "keys run out at 32,767 or 2,147,483,647, and changing the type later rewrites the table",
                "bigint GENERATED ALWAYS AS IDENTITY",
                "CREATE TABLE shop.n (id serial PRIMARY KEY)",
                "CREATE TABLE shop.n (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        Stream<Hit> added = NewColumns.of(step)
                .flatMap(column -> Stream.concat(shortKey(column), otherType(step, column))
                        .map(hit -> hit.at(column.column().node())));
        Stream<Hit> completed =
                NewColumns.completed(step).flatMap(column -> Stream.concat(shortKey(column), otherType(step, column)));
        return Stream.concat(added, completed);
    }

    private static Stream<Hit> shortKey(NewColumns.Added added) {
        Column column = added.column();
        boolean isKey = added.isNumbered() || added.inPrimaryKey();
        boolean isShort = column.type().isShortSerial() || (column.type().isShortInteger() && isKey);
        return isShort
                ? Stream.of(hit("the key " + column.name() + " is a "
                                + column.type().base() + ", which runs out")
                        .on(added.table()))
                : Stream.empty();
    }

    private static Stream<Hit> otherType(Step step, NewColumns.Added added) {
        String own = Types.internal(added.column().type().base());
        return added.references()
                .flatMap(reference -> NewColumns.typeOf(step, reference.table(), reference.column()).stream())
                .filter(target -> !target.equals(own) && !added.column().type().isSerial())
                .map(target -> hit("the foreign key " + added.column().name() + " is " + own + ", its target is "
                                + target)
                        .on(added.table()));
    }
}
