package dev.nightshift.postgres;

import java.util.List;

/**
 * A table as a walk needs it.
 *
 * @param oid of the table that is gone through
 * @param change what is done to its rows
 * @param key the columns that order a key walk; a heap walk needs none
 * @param byHeap whether the walk goes by the heap, else by the key
 * @param setsKey whether the step sets a column of a unique index
 */
record TableShape(long oid, Change change, List<KeyColumn> key, boolean byHeap, boolean setsKey) {

    TableShape {
        key = List.copyOf(key);
    }

    /**
     * One column of a key.
     *
     * @param name quoted for statements
     * @param type as PostgreSQL writes it, with its schema where it needs one
     */
    record KeyColumn(String name, String type) {}
}
