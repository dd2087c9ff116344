package dev.nightshift.plan;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a backfill keeps what it overwrites. Key and old values stand under the names that they have in the table.
 *
 * @param name beside the table, so that whatever saves the table's schema saves the old values too
 * @param written each column that the step sets, and the column that holds what it wrote there
 */
public record KeptTable(TableName name, Map<String, String> written) {

    public KeptTable {
        written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
        for (String column : written.values()) {
            if (written.containsKey(column)) {
                throw new IllegalArgumentException("expected no column '" + column
                        + "' in `set` beside `keep-old: true`, found it: what the step writes is kept under that name");
            }
        }
    }

    static KeptTable of(String step, TableName table, Collection<String> columns) {
        Map<String, String> written = new LinkedHashMap<>();
        columns.forEach(
                column -> written.put(column, DerivedName.of(column, "new").name()));
        Identifier name = DerivedName.of(table.name(), step.replace('-', '_'), "old");
        return new KeptTable(new TableName(table.schema(), name.name()), written);
    }
}
