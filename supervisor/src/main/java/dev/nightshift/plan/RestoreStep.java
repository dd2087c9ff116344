package dev.nightshift.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts back the values that a backfill kept, in the rows where what it wrote still stands.
 *
 * @param undone one that keeps old values
 */
public record RestoreStep(String name, BackfillStep undone, BatchLimits batch) implements WalkStep {

    public RestoreStep {
        Names.check("a step's name", name);
        if (undone.kept().isEmpty()) {
            throw new IllegalArgumentException("expected a backfill with `keep-old: true`, found " + undone.name());
        }
    }

    /** What it puts back, and what must stand there still. */
    public KeptTable kept() {
        return undone.kept().orElseThrow();
    }

    @Override
    public Optional<String> undoes() {
        return Optional.of(undone.name());
    }

    @Override
    public TableName table() {
        return undone.table();
    }

    @Override
    public TableName walked() {
        return kept().name();
    }

    @Override
    public Map<String, String> set() {
        Map<String, String> set = new LinkedHashMap<>();
        String from = new Identifier(walked().name()).toString();
        undone.set().keySet().forEach(column -> set.put(column, from + "." + new Identifier(column)));
        return set;
    }

    @Override
    public Optional<String> where() {
        return Optional.empty();
    }

    @Override
    public Walk walk() {
        return Walk.KEY;
    }

    @Override
    public boolean fireTriggers() {
        return undone.fireTriggers();
    }

    /** Nobody else writes what is kept, so one pass sees all of it. */
    @Override
    public boolean leaves() {
        return false;
    }

    @Override
    public String kind() {
        return "restore";
    }
}
