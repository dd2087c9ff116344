package dev.nightshift.guards.lint.catalog;

/** pg_proc.provolatile. */
public enum Volatility {
    IMMUTABLE,
    STABLE,
    VOLATILE
}
