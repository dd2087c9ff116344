package dev.nightshift.plan;

import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Level;
import dev.nightshift.guards.guard.Limit;
import dev.nightshift.guards.guard.Limits;
import dev.nightshift.guards.guard.Probe;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads {@code custom-sql} and {@code prometheus}: one question with its limits, or a list of them. */
final class ProbesReader {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final String SQL = "{name: outbox, sql: \"SELECT count(*) FROM public.outbox\", hold: \"> 10000\"}";
    private static final String PROMQL =
            "{url: \"http://prometheus:9090\", query: \"job:latency:p99\", hold: \"> 0.5 for 1m\"}";

    private ProbesReader() {}

    static List<Probe> read(GuardKind kind, Value value) {
        boolean sql = kind == GuardKind.CUSTOM_SQL;
        String expected = "a question such as " + (sql ? SQL : PROMQL) + ", or a list of such";
        List<Probe> probes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Value item : value.oneOrMore(expected)) {
            item.fields(sql ? Shape.CUSTOM_SQL : Shape.PROMETHEUS, expected)
                    .flatMap(fields -> probe(kind, fields))
                    .ifPresent(probe -> {
                        probes.add(probe);
                        if (!names.add(probe.name())) {
                            item.problem("expected a name for each of several, found "
                                    + (probe.name().isEmpty() ? "none" : "'" + probe.name() + "'") + " twice");
                        }
                    });
        }
        return probes;
    }

    private static Optional<Probe> probe(GuardKind kind, Fields fields) {
        boolean sql = kind == GuardKind.CUSTOM_SQL;
        Optional<String> name = read(fields, "name", "a name such as outbox", text -> Names.check("a name", text));
        Optional<String> question = sql
                ? read(
                        fields,
                        "sql",
                        "a query that answers one number",
                        text -> VerifyStep.query(text).text())
                : read(fields, "query", "a PromQL query such as job:latency:p99", text -> text);
        Optional<String> source =
                fields.at("url").flatMap(v -> v.as("a URL such as http://prometheus:9090", ProbesReader::url));
        Optional<Duration> timeout = fields.at("timeout")
                .flatMap(v -> v.as("a duration from 100ms to 5s", text -> Quantities.duration(text, "100ms", "5s")));
        Limits limits = limits(fields);
        return fields.build(() -> new Probe(
                kind, name.orElse(""), question.orElseThrow(), source.orElse(""), timeout.orElse(TIMEOUT), limits));
    }

    private static Optional<String> read(Fields fields, String key, String expected, UnaryOperator<String> form) {
        return fields.at(key).flatMap(value -> value.text(expected).flatMap(text -> value.as(expected, form)));
    }

    private static Limits limits(Fields fields) {
        Limits limits = Limits.NONE;
        Optional<Limit> lower = Optional.empty();
        for (Level level : Level.values()) {
            Optional<Value> written = fields.at(GuardsReader.keyOf(level));
            Optional<Limit> limit =
                    written.flatMap(value -> value.as("a limit such as '> 0.5 for 1m'", LimitText::compared));
            if (limit.isPresent()) {
                if (lower.isPresent() && !follows(lower.get(), limit.get())) {
                    written.get().problem("expected slow, hold and abort to get worse in this order, found otherwise");
                }
                limits = limits.with(level, limit.get());
                lower = limit;
            }
        }
        return limits;
    }

    /** Whether who is beyond this limit is beyond the lower one too. */
    private static boolean follows(Limit lower, Limit limit) {
        boolean falls = limit.comparison().fallsBad();
        return lower.comparison().fallsBad() == falls
                && (falls ? limit.value() <= lower.value() : limit.value() >= lower.value());
    }

    /** Without a user or a password: nothing secret stands in a plan. */
    private static String url(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            }
        } catch (URISyntaxException e) {
            throw refused(text, e);
        }
        throw refused(text, null);
    }

    private static IllegalArgumentException refused(String text, @Nullable Exception why) {
        String shown = text.replaceAll("//[^/]*@", "//…@");
        return new IllegalArgumentException(
                "expected a URL such as http://prometheus:9090, without a user, a password or a query, found '" + shown
                        + "'",
                why);
    }
}
