package dev.nightshift.guards.preflight;

import java.util.List;

/**
 * A table that a step touches, its partitions counted in.
 *
 * @param name {@code schema.name}
 * @param owned whether the role is its owner or a member of it
 * @param rows as the planner counts them
 * @param changed rows changed since they were counted
 * @param counted whether they ever were
 * @param indexes how many it has; those of its partitions are one
 * @param indexBytes the size of all of them
 * @param details what hangs on it
 */
public record Table(
        String name,
        boolean owned,
        long bytes,
        double rows,
        long changed,
        boolean counted,
        int indexes,
        long indexBytes,
        Details details) {

    /**
     * What hangs on a table.
     *
     * @param invalidIndexes as {@code schema.name}
     * @param beingBuilt indexes that somebody builds now, with the session
     * @param unvalidated names of constraints
     * @param inboundKeys {@code name of schema.table}
     * @param triggers those that an update fires
     * @param defaultPartitions as {@code schema.name}
     * @param publications that carry it
     * @param wholeOldRows whether REPLICA IDENTITY FULL makes each change carry the old row
     * @param rowSecurity whether policies apply to the role
     */
    public record Details(
            List<String> invalidIndexes,
            List<String> beingBuilt,
            List<String> unvalidated,
            List<String> inboundKeys,
            List<String> triggers,
            List<String> defaultPartitions,
            List<String> publications,
            boolean wholeOldRows,
            boolean rowSecurity) {

        public Details {
            invalidIndexes = List.copyOf(invalidIndexes);
            beingBuilt = List.copyOf(beingBuilt);
            unvalidated = List.copyOf(unvalidated);
            inboundKeys = List.copyOf(inboundKeys);
            triggers = List.copyOf(triggers);
            defaultPartitions = List.copyOf(defaultPartitions);
            publications = List.copyOf(publications);
        }
    }
}
