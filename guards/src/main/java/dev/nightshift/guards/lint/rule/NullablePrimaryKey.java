package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.catalog.Index;
import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Name;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** CON-PK-USING-INDEX-NULLABLE: PRIMARY KEY USING INDEX when a key column may be NULL. */
final class NullablePrimaryKey extends Rule {
    NullablePrimaryKey() {
        super(new RuleCard(
                "CON-PK-USING-INDEX-NULLABLE",
                Severity.WARN,
                "PRIMARY KEY USING INDEX when a key column may be NULL",
                "ACCESS EXCLUSIVE",
                "a hidden SET NOT NULL scans the whole table while nobody can read it",
                "make the columns NOT NULL the safe way first",
                "ALTER TABLE shop.t ADD CONSTRAINT pk PRIMARY KEY USING INDEX t_id",
                "ALTER TABLE shop.t ADD CONSTRAINT u UNIQUE USING INDEX t_id"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Change.addingConstraints(step)
                .filter(change -> change.constraint().isPrimaryKey()
                        && change.constraint().usesIndex())
                .filter(change -> !provenNotNull(step, change))
                .map(change -> change.hit(
                                "PRIMARY KEY USING INDEX " + change.constraint().indexName()
                                        + " scans for NULLs, as nothing proves its columns NOT NULL")
                        .locking(LockMode.ACCESS_EXCLUSIVE)
                        .weighedBySize());
    }

    private static boolean provenNotNull(Step step, Change change) {
        Optional<List<String>> columns = columns(step, change);
        if (columns.isEmpty()) {
            return ScriptConstraints.commandsInScript(step, change.table())
                    .anyMatch(command -> command.is("SetNotNull"));
        }
        return columns.get().stream()
                .allMatch(column -> NotNullProof.holds(step, change.table(), column)
                        || ScriptConstraints.commandsBefore(step, change.table())
                                .anyMatch(command -> command.is("SetNotNull")
                                        && command.name().equals(column)));
    }

    /** The index's columns, by the script or the database. */
    private static Optional<List<String>> columns(Step step, Change change) {
        String index = change.constraint().indexName();
        Name name = new Name(change.table().schema(), index);
        return step.created(Created.Kind.INDEX, name)
                .map(created -> ForeignKeys.indexColumns(created.step().tree()))
                .or(() -> step.table(change.table())
                        .flatMap(table -> table.index(index))
                        .map(Index::columns));
    }
}
