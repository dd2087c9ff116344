package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.catalog.Volatility;
import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Expressions;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether an expression may give each row another value. */
final class Volatilities {
    private static final Set<String> VOLATILE = Set.of(
            "random",
            "random_normal",
            "gen_random_uuid",
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v4",
            "uuidv4",
            "uuidv7",
            "clock_timestamp",
            "timeofday",
            "nextval",
            "currval",
            "lastval",
            "setval",
            "gen_random_bytes",
            "pg_sleep",
            "set_config",
            "txid_current",
            "gen_salt");

    private static final Set<String> NOT_VOLATILE = Set.of(
            "now",
            "transaction_timestamp",
            "statement_timestamp",
            "current_setting",
            "current_user",
            "session_user",
            "date_trunc",
            "date_part",
            "extract",
            "timezone",
            "age",
            "make_date",
            "make_time",
            "make_timestamp",
            "make_timestamptz",
            "make_interval",
            "to_timestamp",
            "to_date",
            "to_char",
            "to_number",
            "lower",
            "upper",
            "initcap",
            "trim",
            "btrim",
            "ltrim",
            "rtrim",
            "concat",
            "concat_ws",
            "format",
            "length",
            "char_length",
            "substring",
            "substr",
            "left",
            "right",
            "replace",
            "translate",
            "repeat",
            "reverse",
            "lpad",
            "rpad",
            "md5",
            "sha224",
            "sha256",
            "sha384",
            "sha512",
            "encode",
            "decode",
            "abs",
            "ceil",
            "ceiling",
            "floor",
            "round",
            "trunc",
            "mod",
            "power",
            "sqrt",
            "greatest",
            "least",
            "coalesce",
            "nullif",
            "array_append",
            "array_cat",
            "array_length",
            "array_fill",
            "jsonb_build_object",
            "jsonb_build_array",
            "json_build_object",
            "json_build_array",
            "to_json",
            "to_jsonb",
            "jsonb_object",
            "json_object",
            "int4range",
            "int8range",
            "numrange",
            "tsrange",
            "tstzrange",
            "daterange",
            "to_tsvector",
            "to_tsquery",
            "uuid_nil",
            "uuid_ns_dns",
            "uuid_generate_v3",
            "uuid_generate_v5",
            "inet",
            "host",
            "point",
            "chr",
            "ascii",
            "hashtext",
            "starts_with",
            "split_part",
            "string_to_array",
            "bool",
            "text",
            "int4",
            "int8",
            "date",
            "current_schema",
            "current_database",
            "version",
            "pg_client_encoding");

    private Volatilities() {}

    /** What is volatile in the expression, in words; empty when it gives every row the same value. */
    static Optional<String> worst(Step step, Node expression) {
        return Expressions.calls(expression)
                .map(Expressions::function)
                .flatMap(function -> judge(step, function).stream())
                .findFirst();
    }

    private static Optional<String> judge(Step step, Name function) {
        Optional<Volatility> known =
                inScript(step, function).or(() -> step.catalog().volatility(function));
        if (known.isPresent()) {
            return known.get() == Volatility.VOLATILE
                    ? Optional.of("calls " + function + "(), which is volatile")
                    : Optional.empty();
        }
        boolean builtIn = !function.isQualified() || function.schema().equals("pg_catalog");
        if (VOLATILE.contains(function.name())) {
            return Optional.of("calls " + function + "(), which is volatile");
        }
        return builtIn && NOT_VOLATILE.contains(function.name())
                ? Optional.empty()
                : Optional.of("calls " + function + "(), which may be volatile for all that is known");
    }

    /** A function that the script defines says so itself; PostgreSQL's default is VOLATILE. */
    private static Optional<Volatility> inScript(Step step, Name function) {
        return step.created(Created.Kind.ROUTINE, function)
                .map(created -> created.step().tree().list("options").stream()
                        .filter(option -> option.text("defname").equals("volatility"))
                        .map(option -> Volatility.valueOf(
                                option.node("arg").text("sval").toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElse(Volatility.VOLATILE));
    }
}
