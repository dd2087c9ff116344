package dev.nightshift.guards.lint.tree;

import dev.nightshift.guards.lint.parse.Node;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The statements that PostgreSQL refuses inside a transaction block. */
public final class NonTransactional {
    private static final Map<String, String> ALWAYS = Map.of(
            "CreatedbStmt", "CREATE DATABASE",
            "DropdbStmt", "DROP DATABASE",
            "CreateTableSpaceStmt", "CREATE TABLESPACE",
            "DropTableSpaceStmt", "DROP TABLESPACE",
            "AlterSystemStmt", "ALTER SYSTEM",
            "CreateSubscriptionStmt", "CREATE SUBSCRIPTION",
            "DropSubscriptionStmt", "DROP SUBSCRIPTION");

    private static final Set<String> WHOLE_DATABASE =
            Set.of("REINDEX_OBJECT_SCHEMA", "REINDEX_OBJECT_DATABASE", "REINDEX_OBJECT_SYSTEM");

    private NonTransactional() {}

    /** The statement in a few words; empty when a transaction block may hold it. */
    public static Optional<String> what(Node statement) {
        String always = ALWAYS.get(statement.kind());
        if (always != null) {
            return Optional.of(always);
        }
        return Optional.ofNullable(
                switch (statement.kind()) {
                    case "IndexStmt" -> statement.flag("concurrent") ? "CREATE INDEX CONCURRENTLY" : null;
                    case "DropStmt" -> statement.flag("concurrent") ? "DROP INDEX CONCURRENTLY" : null;
                    case "ReindexStmt" -> reindex(statement);
                    case "AlterTableStmt" -> detachesConcurrently(statement) ? "DETACH PARTITION CONCURRENTLY" : null;
                    case "VacuumStmt" -> statement.flag("is_vacuumcmd") ? "VACUUM" : null;
                    case "ClusterStmt" -> statement.has("relation") ? null : "CLUSTER of all tables";
                    case "DiscardStmt" -> statement.text("target").equals("DISCARD_ALL") ? "DISCARD ALL" : null;
                    default -> null;
                });
    }

    private static @org.jspecify.annotations.Nullable String reindex(Node statement) {
        if (Maintenance.isConcurrentReindex(statement)) {
            return "REINDEX CONCURRENTLY";
        }
        return WHOLE_DATABASE.contains(statement.text("kind")) ? "REINDEX of a schema or database" : null;
    }

    public static boolean detachesConcurrently(Node statement) {
        return AlterTable.of(statement).stream()
                .flatMap(alter -> alter.commands().stream())
                .anyMatch(command -> command.is("DetachPartition")
                        && command.node().node("def").flag("concurrent"));
    }
}
