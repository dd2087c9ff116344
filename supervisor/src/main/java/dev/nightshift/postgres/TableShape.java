package dev.nightshift.postgres;

import java.util.List;

/**
 * A table as a walk needs it.
 *
 * @param key the columns that order the walk
 * @param keyIndex the index that they come from
 */
record TableShape(long oid, List<KeyColumn> key, String keyIndex) {

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
