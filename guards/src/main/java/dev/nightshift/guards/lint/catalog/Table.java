package dev.nightshift.guards.lint.catalog;

import dev.nightshift.guards.lint.tree.Name;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A relation as the catalog has it.
 *
 * @param rows the planner's estimate; empty when it was never analyzed
 * @param partitionKey the columns of its partition key; empty when it is not partitioned
 * @param defaultPartition the partition for all other rows, when there is one
 * @param publications the publications that send its changes
 */
public record Table(
        Name name,
        Kind kind,
        OptionalLong rows,
        List<Column> columns,
        List<Constraint> constraints,
        List<Index> indexes,
        List<String> partitionKey,
        Optional<Name> defaultPartition,
        List<String> publications) {

    /** What a relation is. */
    public enum Kind {
        TABLE,
        PARTITIONED,
        VIEW,
        MATERIALIZED_VIEW,
        FOREIGN,
        INDEX,
        SEQUENCE,
        COMPOSITE
    }

    public Table {
        columns = List.copyOf(columns);
        constraints = List.copyOf(constraints);
        indexes = List.copyOf(indexes);
        partitionKey = List.copyOf(partitionKey);
        publications = List.copyOf(publications);
    }

    public Optional<Column> column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }

    public Optional<Constraint> constraint(String constraint) {
        return constraints.stream().filter(c -> c.name().equals(constraint)).findFirst();
    }

    public Optional<Index> index(String index) {
        return indexes.stream().filter(i -> i.name().equals(index)).findFirst();
    }

    public boolean hasPrimaryKey() {
        return indexes.stream().anyMatch(Index::primary);
    }

    public boolean isPublished() {
        return !publications.isEmpty();
    }

    public boolean isPartitioned() {
        return kind == Kind.PARTITIONED;
    }
}
