package dev.nightshift.guards.lint.tree;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** PostgreSQL's types by the names that people and catalogs use for them. */
public final class Types {
    private static final Map<String, String> INTERNAL = Map.ofEntries(
            Map.entry("character varying", "varchar"),
            Map.entry("character", "bpchar"),
            Map.entry("char", "bpchar"),
            Map.entry("integer", "int4"),
            Map.entry("int", "int4"),
            Map.entry("bigint", "int8"),
            Map.entry("smallint", "int2"),
            Map.entry("boolean", "bool"),
            Map.entry("real", "float4"),
            Map.entry("double precision", "float8"),
            Map.entry("decimal", "numeric"),
            Map.entry("bit varying", "varbit"),
            Map.entry("timestamp without time zone", "timestamp"),
            Map.entry("timestamp with time zone", "timestamptz"),
            Map.entry("time without time zone", "time"),
            Map.entry("time with time zone", "timetz"));

    private static final Set<String> OWN = Set.of(
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "numeric",
            "money",
            "bool",
            "text",
            "varchar",
            "bpchar",
            "name",
            "bytea",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "interval",
            "json",
            "jsonb",
            "jsonpath",
            "xml",
            "uuid",
            "inet",
            "cidr",
            "macaddr",
            "macaddr8",
            "bit",
            "varbit",
            "point",
            "line",
            "lseg",
            "box",
            "path",
            "polygon",
            "circle",
            "tsvector",
            "tsquery",
            "int4range",
            "int8range",
            "numrange",
            "tsrange",
            "tstzrange",
            "daterange",
            "int4multirange",
            "int8multirange",
            "nummultirange",
            "tsmultirange",
            "tstzmultirange",
            "datemultirange",
            "oid",
            "regclass",
            "regtype",
            "regproc",
            "pg_lsn",
            "txid_snapshot",
            "xid",
            "xid8",
            "serial",
            "bigserial",
            "smallserial",
            "serial2",
            "serial4",
            "serial8");

    private Types() {}

    /** {@code character varying} becomes {@code varchar}: the name in pg_type. */
    public static String internal(String written) {
        String lower = written.toLowerCase(Locale.ROOT).trim();
        return INTERNAL.getOrDefault(lower, lower);
    }

    public static boolean isBuiltIn(String internal) {
        return OWN.contains(internal);
    }
}
