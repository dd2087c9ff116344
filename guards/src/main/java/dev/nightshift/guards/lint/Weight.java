package dev.nightshift.guards.lint;

import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.flow.Step;
import java.util.OptionalLong;

/** What the size of a table makes of a finding about work that grows with it. */
enum Weight {
    SMALL,
    UNKNOWN,
    LARGE;

    /** Scanned, rewritten or indexed within some tens of milliseconds. */
    private static final long SMALL_ROWS = 10_000;

    /** Takes minutes to hours: what is a warning elsewhere is an outage here. */
    private static final long LARGE_ROWS = 10_000_000;

    static Weight of(Hit hit, Step step) {
        OptionalLong rows = hit.relation().flatMap(step::table).map(Table::rows).orElse(OptionalLong.empty());
        if (rows.isEmpty() || rows.getAsLong() < 0) {
            return UNKNOWN;
        }
        if (rows.getAsLong() <= SMALL_ROWS) {
            return SMALL;
        }
        return rows.getAsLong() >= LARGE_ROWS ? LARGE : UNKNOWN;
    }

    Severity applyTo(Severity severity) {
        return switch (this) {
            case SMALL -> severity.lower();
            case UNKNOWN -> severity;
            case LARGE -> severity.higher();
        };
    }
}
