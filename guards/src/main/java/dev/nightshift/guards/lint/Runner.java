package dev.nightshift.guards.lint;

/** What runs a script, for that decides what runs inside a transaction and which client syntax is understood. */
public enum Runner {
    /** One transaction a file, unless Flyway finds a statement in it that it knows not to be transactional. */
    FLYWAY,
    /** Each statement by itself, unless the script says BEGIN. */
    PSQL,
    /** One transaction a file, unless the script says BEGIN itself, as {@code alembic upgrade --sql} writes it. */
    ALEMBIC
}
