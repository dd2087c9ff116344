package dev.nightshift.guards.lint;

import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.guards.lint.catalog.Column;
import dev.nightshift.guards.lint.catalog.Constraint;
import dev.nightshift.guards.lint.catalog.Index;
import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.catalog.Volatility;
import dev.nightshift.guards.lint.tree.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A database as a test describes it; names are looked up without their schema. */
final class FakeCatalog implements Catalog {
    private final Map<String, Table> tables = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, Volatility> volatilities = new HashMap<>();
    private final Map<String, String> routines = new HashMap<>();
    private final Map<String, Boolean> domains = new HashMap<>();

    private Table change(String name) {
        return tables.getOrDefault(
                name,
                new Table(
                        Name.parse("public." + name),
                        Table.Kind.TABLE,
                        OptionalLong.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        List.of()));
    }

    FakeCatalog table(String name) {
        tables.put(name, change(name));
        return this;
    }

    FakeCatalog rows(String name, long rows) {
        Table t = change(name);
        tables.put(
                name,
                new Table(
                        t.name(),
                        t.kind(),
                        OptionalLong.of(rows),
                        t.columns(),
                        t.constraints(),
                        t.indexes(),
                        t.partitionKey(),
                        t.defaultPartition(),
                        t.publications()));
        return this;
    }

    FakeCatalog column(String name, String column, String type, boolean notNull) {
        Table t = change(name);
        tables.put(
                name,
                new Table(
                        t.name(),
                        t.kind(),
                        t.rows(),
                        with(t.columns(), new Column(column, type, notNull)),
                        t.constraints(),
                        t.indexes(),
                        t.partitionKey(),
                        t.defaultPartition(),
                        t.publications()));
        return this;
    }

    FakeCatalog constraint(String name, Constraint constraint) {
        Table t = change(name);
        tables.put(
                name,
                new Table(
                        t.name(),
                        t.kind(),
                        t.rows(),
                        t.columns(),
                        with(t.constraints(), constraint),
                        t.indexes(),
                        t.partitionKey(),
                        t.defaultPartition(),
                        t.publications()));
        return this;
    }

    FakeCatalog check(String name, String constraint, String expression, boolean validated) {
        return constraint(
                name,
                new Constraint(constraint, Constraint.Kind.CHECK, List.of(), expression, validated, Optional.empty()));
    }

    FakeCatalog index(String name, Index index) {
        Table t = change(name);
        tables.put(
                name,
                new Table(
                        t.name(),
                        t.kind(),
                        t.rows(),
                        t.columns(),
                        t.constraints(),
                        with(t.indexes(), index),
                        t.partitionKey(),
                        t.defaultPartition(),
                        t.publications()));
        return this;
    }

    FakeCatalog partitioned(String name, String key, Optional<Name> defaultPartition) {
        Table t = change(name);
        tables.put(
                name,
                new Table(
                        t.name(),
                        Table.Kind.PARTITIONED,
                        t.rows(),
                        t.columns(),
                        t.constraints(),
                        t.indexes(),
                        List.of(key),
                        defaultPartition,
                        t.publications()));
        return this;
    }

    FakeCatalog published(String name) {
        Table t = change(name);
        tables.put(
                name,
                new Table(
                        t.name(),
                        t.kind(),
                        t.rows(),
                        t.columns(),
                        t.constraints(),
                        t.indexes(),
                        t.partitionKey(),
                        t.defaultPartition(),
                        List.of("p")));
        return this;
    }

    FakeCatalog setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    FakeCatalog function(String name, Volatility volatility) {
        volatilities.put(name, volatility);
        return this;
    }

    FakeCatalog routine(String name, String definition) {
        routines.put(name, definition);
        return this;
    }

    FakeCatalog domain(String name, boolean constrained) {
        domains.put(name, constrained);
        return this;
    }

    private static <T> List<T> with(List<T> list, T item) {
        List<T> copy = new ArrayList<>(list);
        copy.add(item);
        return copy;
    }

    @Override
    public Optional<Table> table(Name name) {
        return Optional.ofNullable(tables.get(name.name()));
    }

    @Override
    public Optional<Table> tableOfIndex(Name index) {
        return tables.values().stream()
                .filter(table -> table.index(index.name()).isPresent())
                .findFirst();
    }

    @Override
    public Optional<Volatility> volatility(Name function) {
        return Optional.ofNullable(volatilities.get(function.name()));
    }

    @Override
    public Optional<String> routine(Name routine) {
        return Optional.ofNullable(routines.get(routine.name()));
    }

    @Override
    public Optional<Boolean> constrainedDomain(Name type) {
        return Optional.ofNullable(domains.get(type.name()));
    }

    @Override
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    @Override
    public OptionalInt serverVersion() {
        return OptionalInt.of(18);
    }
}
