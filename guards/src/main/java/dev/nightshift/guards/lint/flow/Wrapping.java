package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.Script;
import dev.nightshift.guards.lint.parse.Node;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Whether the runner puts a transaction around a script. */
final class Wrapping {
    /** The statements that Flyway's own parser knows to be non-transactional; one of them frees the whole file. */
    private static final Set<String> FLYWAY_KNOWS = Set.of(
            "CreatedbStmt",
            "DropdbStmt",
            "CreateTableSpaceStmt",
            "DropTableSpaceStmt",
            "CreateSubscriptionStmt",
            "DropSubscriptionStmt",
            "AlterSystemStmt");

    private static final Set<String> WHOLE_DATABASE =
            Set.of("REINDEX_OBJECT_SCHEMA", "REINDEX_OBJECT_DATABASE", "REINDEX_OBJECT_SYSTEM");
    private static final int ENUM_IN_TRANSACTION = 12;

    private Wrapping() {}

    static boolean wraps(Script script, boolean noTransaction, List<Node> statements, OptionalInt version) {
        if (noTransaction) {
            return false;
        }
        if (script.inTransaction().isPresent()) {
            return script.inTransaction().get();
        }
        return switch (script.runner()) {
            case PSQL -> false;
            case ALEMBIC -> statements.stream().noneMatch(Wrapping::begins);
            case FLYWAY -> statements.stream().noneMatch(statement -> frees(statement, version));
        };
    }

    private static boolean begins(Node statement) {
        return statement.is("TransactionStmt")
                && (statement.text("kind").equals("TRANS_STMT_BEGIN")
                        || statement.text("kind").equals("TRANS_STMT_START"));
    }

    private static boolean frees(Node statement, OptionalInt version) {
        boolean oldEnum = statement.is("AlterEnumStmt")
                && !statement.has("oldVal")
                && version.isPresent()
                && version.getAsInt() < ENUM_IN_TRANSACTION;
        return FLYWAY_KNOWS.contains(statement.kind())
                || (statement.is("IndexStmt") && statement.flag("concurrent"))
                || (statement.is("DropStmt") && statement.flag("concurrent"))
                || (statement.is("VacuumStmt") && statement.flag("is_vacuumcmd"))
                || (statement.is("DiscardStmt") && statement.text("target").equals("DISCARD_ALL"))
                || (statement.is("ReindexStmt") && WHOLE_DATABASE.contains(statement.text("kind")))
                || oldEnum;
    }
}
