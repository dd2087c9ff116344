package dev.nightshift.guards.lint.catalog;

import dev.nightshift.guards.lint.tree.Name;
import java.util.Optional;
import java.util.OptionalInt;

/** What a database knows of the things that a script touches. Empty answers mean unknown, never "no". */
public interface Catalog {
    /** A relation as the session's search path would find it. */
    Optional<Table> table(Name name);

    /** The table that an index is on. */
    Optional<Table> tableOfIndex(Name index);

    /** The worst volatility of the functions of that name. */
    Optional<Volatility> volatility(Name function);

    /** The CREATE FUNCTION or CREATE PROCEDURE statement of a routine. */
    Optional<String> routine(Name routine);

    /** Whether a domain has constraints; empty when the name is no domain. */
    Optional<Boolean> constrainedDomain(Name type);

    /** A setting that the role or the database gives every session. */
    Optional<String> setting(String name);

    /** The server's major version. */
    OptionalInt serverVersion();

    /** No database at hand: everything is unknown. */
    static Catalog unknown() {
        return UnknownCatalog.ONLY;
    }
}
