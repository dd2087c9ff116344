package dev.nightshift.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads steps and abort steps; one reader for a plan, because their names are unique over both. */
final class StepsReader {

    private final Path directory;
    private final Map<String, String> placeByName = new HashMap<>();

    StepsReader(Path directory) {
        this.directory = directory;
    }

    List<Step> read(Value list, boolean inAbort) {
        List<Step> steps = new ArrayList<>();
        for (Value item : list.items("a list with at least one step")) {
            Optional<Fields> entry = item.fields(Shape.STEP, "a step such as {verify: {…}}");
            entry.flatMap(fields -> only(fields, item)).ifPresent(kind -> {
                Value body = entry.orElseThrow().at(kind).orElseThrow();
                if (inAbort && kind.equals("hold")) {
                    body.problem("expected abort steps that need nobody, found a hold");
                } else {
                    step(kind, body).ifPresent(steps::add);
                }
            });
        }
        return steps;
    }

    private static Optional<String> only(Fields fields, Value item) {
        List<String> kinds = fields.names();
        if (kinds.size() == 1) {
            return Optional.of(kinds.get(0));
        }
        if (fields.sound()) {
            item.problem("expected one kind of step, found "
                    + (kinds.isEmpty() ? "none" : String.join(" and ", kinds) + "; begin each step with its own '-'"));
        }
        return Optional.empty();
    }

    private Optional<? extends Step> step(String kind, Value body) {
        Shape shape = Shape.ofStep(kind);
        Optional<Fields> found = body.fields(shape, "a mapping with `name`");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = found.get();
        String name = fields.at("name").flatMap(this::name).orElse("");
        return switch (shape) {
            case SCHEMA -> schema(name, fields);
            case BACKFILL -> BackfillReader.read(name, fields);
            case STATEMENT -> {
                Optional<String> sql = sql(fields, StatementStep::one);
                yield fields.build(() -> new StatementStep(name, sql.orElseThrow()));
            }
            case VERIFY -> {
                Optional<String> sql = sql(fields, VerifyStep::query);
                yield fields.build(() -> new VerifyStep(name, sql.orElseThrow()));
            }
            default -> {
                fields.at("until").ifPresent(until -> until.word(Map.of("approved", true), "approved"));
                yield fields.build(() -> new HoldStep(name));
            }
        };
    }

    private static Optional<String> sql(Fields fields, Function<String, SqlStatement> parser) {
        return fields.at("sql")
                .flatMap(value -> value.as("an SQL statement", parser))
                .map(SqlStatement::text);
    }

    private Optional<SchemaStep> schema(String name, Fields fields) {
        List<Path> locations = new ArrayList<>();
        fields.at("locations")
                .ifPresent(list -> list.items("a list of directories with migrations")
                        .forEach(item -> item.as("a directory", text -> Directories.resolve(directory, text))
                                .ifPresent(locations::add)));
        Optional<String> target = fields.at("target").flatMap(v -> v.as("a version", SchemaStep::checkVersion));
        Optional<String> baseline = fields.at("baseline").flatMap(v -> v.as("a version", SchemaStep::checkVersion));
        return fields.build(() -> new SchemaStep(name, locations, target, baseline));
    }

    private Optional<String> name(Value value) {
        return value.text("a name such as fill-totals").flatMap(text -> {
            try {
                Names.check("a step's name", text);
            } catch (IllegalArgumentException e) {
                value.problem(String.valueOf(e.getMessage()));
                return Optional.empty();
            }
            String before = placeByName.putIfAbsent(text, value.path());
            if (before != null) {
                value.problem("expected each step name once, found '" + text + "' here and at " + before);
            }
            return Optional.of(text);
        });
    }
}
