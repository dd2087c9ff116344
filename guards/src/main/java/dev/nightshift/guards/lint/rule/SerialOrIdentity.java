package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import java.util.stream.Stream;

/** COL-ADD-SERIAL-IDENTITY: ADD COLUMN serial or GENERATED AS IDENTITY on an existing table. */
final class SerialOrIdentity extends Rule {
    SerialOrIdentity() {
        super(new RuleCard(
                "COL-ADD-SERIAL-IDENTITY",
                Severity.ERROR,
                "ADD COLUMN serial or GENERATED AS IDENTITY on an existing table",
                "ACCESS EXCLUSIVE",
                "every row gets a number of its own: the whole table is written anew",
                "a new nullable bigint with a sequence, a backfill, and a swap",
                "ALTER TABLE shop.t ADD COLUMN n bigserial",
                "CREATE TABLE shop.z (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Change.addingColumns(step)
                .filter(change ->
                        change.column().type().isSerial() || change.column().isIdentity())
                .map(change -> change.hit("adding " + change.column().name() + " numbers, and so rewrites, every row")
                        .locking(LockMode.ACCESS_EXCLUSIVE)
                        .weighedBySize());
    }
}
