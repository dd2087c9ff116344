package dev.nightshift.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row of an answer, by the names of its columns and in their order. */
public record Row(Map<String, Optional<Object>> columns) {

    public Row {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    static Row of(ResultSet rows) throws SQLException {
        Map<String, Optional<Object>> columns = new LinkedHashMap<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            @Nullable Object value = rows.getObject(column);
            columns.put(rows.getMetaData().getColumnLabel(column), Optional.ofNullable(value));
        }
        return new Row(columns);
    }

    /** Empty when it is null. */
    public Optional<Object> get(String column) {
        Optional<Object> value = columns.get(column);
        if (value == null) {
            throw new SandboxFailed("expected one of the columns " + columns.keySet() + ", found '" + column + "'");
        }
        return value;
    }

    public String text(String column) {
        return present(column).toString();
    }

    public long number(String column) {
        return ((Number) present(column)).longValue();
    }

    public double decimal(String column) {
        return ((Number) present(column)).doubleValue();
    }

    public boolean truth(String column) {
        return (Boolean) present(column);
    }

    public Instant instant(String column) {
        return ((Timestamp) present(column)).toInstant();
    }

    private Object present(String column) {
        return get(column).orElseThrow(() -> new SandboxFailed("expected a value in '" + column + "', found null"));
    }
}
