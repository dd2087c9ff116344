package dev.nightshift.guards.lint.catalog;

import java.util.List;

/** An index as the catalog has it; an expression among its key columns stands as an empty string. */
public record Index(
        String name, List<String> columns, boolean unique, boolean valid, boolean primary, boolean replicaIdentity) {
    public Index {
        columns = List.copyOf(columns);
    }
}
