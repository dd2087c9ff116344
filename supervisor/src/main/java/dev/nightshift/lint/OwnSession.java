package dev.nightshift.lint;

import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.catalog.Volatility;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A catalog as a session of a run sees it: some settings are the supervisor's, whatever role and database say. */
record OwnSession(Catalog catalog) implements Catalog {

    /**
     * A run's sessions wait a second for a lock and try again later. Nothing but the supervisor, which watches whom they
     * block, ends a statement that takes long: a day stands for that.
     */
    private static final Map<String, String> SETTINGS = Map.of("lock_timeout", "1s", "statement_timeout", "1d");

    /** What cut off a step of a run is cleared away and run again by the run itself. */
    static final Set<String> ANSWERED = Set.of("NOT-RERUNNABLE", "IDX-CONCURRENT-NOT-RERUNNABLE");

    @Override
    public Optional<String> setting(String name) {
        return Optional.ofNullable(SETTINGS.get(name)).or(() -> catalog.setting(name));
    }

    @Override
    public Optional<Table> table(Name name) {
        return catalog.table(name);
    }

    @Override
    public Optional<Table> tableOfIndex(Name index) {
        return catalog.tableOfIndex(index);
    }

    @Override
    public Optional<Volatility> volatility(Name function) {
        return catalog.volatility(function);
    }

    @Override
    public Optional<String> routine(Name routine) {
        return catalog.routine(routine);
    }

    @Override
    public Optional<Boolean> constrainedDomain(Name type) {
        return catalog.constrainedDomain(type);
    }

    @Override
    public OptionalInt serverVersion() {
        return catalog.serverVersion();
    }
}
