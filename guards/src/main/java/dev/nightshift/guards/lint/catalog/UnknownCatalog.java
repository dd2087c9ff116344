package dev.nightshift.guards.lint.catalog;

import dev.nightshift.guards.lint.tree.Name;
import java.util.Optional;
import java.util.OptionalInt;

enum UnknownCatalog implements Catalog {
    ONLY;

    @Override
    public Optional<Table> table(Name name) {
        return Optional.empty();
    }

    @Override
    public Optional<Table> tableOfIndex(Name index) {
        return Optional.empty();
    }

    @Override
    public Optional<Volatility> volatility(Name function) {
        return Optional.empty();
    }

    @Override
    public Optional<String> routine(Name routine) {
        return Optional.empty();
    }

    @Override
    public Optional<Boolean> constrainedDomain(Name type) {
        return Optional.empty();
    }

    @Override
    public Optional<String> setting(String name) {
        return Optional.empty();
    }

    @Override
    public OptionalInt serverVersion() {
        return OptionalInt.empty();
    }
}
