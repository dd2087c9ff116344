package dev.nightshift.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads steps and abort steps; one reader for a plan, because their names are unique over both. */
final class StepsReader {

    private final Path directory;
    private final Map<String, String> placeByName = new HashMap<>();
    private final Map<String, String> placeByThing = new HashMap<>();
    private final Map<String, Step> readByName = new HashMap<>();
    private final List<Recipe> recipes = new ArrayList<>();
    private final DowntimeReader downtimes = new DowntimeReader();

    StepsReader(Path directory) {
        this.directory = directory;
    }

    List<Step> read(Value list, boolean inAbort) {
        List<Step> steps = new ArrayList<>();
        for (Value item : list.items("a list with at least one step")) {
            Optional<Fields> entry = item.fields(Shape.STEP, "a step such as {verify: {…}}");
            entry.flatMap(fields -> only(fields, item)).ifPresent(kind -> {
                Value body = entry.orElseThrow().at(kind).orElseThrow();
                Shape shape = Shape.ofStep(kind);
                if (inAbort && shape == Shape.HOLD) {
                    body.problem("expected abort steps that need nobody, found a hold");
                } else if (inAbort && shape == Shape.WORKLOADS) {
                    body.problem("expected `workloads` in steps only, found it; an abort brings back what was stopped");
                } else if (!inAbort && shape == Shape.RESTORE) {
                    body.problem("expected `restore` in abort steps only, found it");
                } else if (inAbort && shape.isRecipe()) {
                    body.problem("expected abort steps as they are carried out, found " + kind
                            + ", which stands for several");
                } else if (shape.isRecipe()) {
                    recipe(shape, body).ifPresent(recipe -> steps.addAll(recipe.steps()));
                } else {
                    step(shape, body, inAbort).ifPresent(step -> {
                        keepOnce(step, body);
                        readByName.put(step.name(), step);
                        steps.add(step);
                    });
                }
            });
        }
        downtimes.end();
        return steps;
    }

    /** The plan has a window: whatever stops an application says for how long. */
    void downtimesNeedRoom() {
        downtimes.needsRoom();
    }

    /** What was read so far, in the order written. */
    List<Recipe> recipes() {
        return recipes;
    }

    /** What the last recipe made is undone first. */
    List<Step> undoingRecipes() {
        List<Step> undoing = new ArrayList<>();
        for (int i = recipes.size() - 1; i >= 0; i--) {
            undoing.addAll(recipes.get(i).abort());
        }
        return undoing;
    }

    private Optional<Recipe> recipe(Shape shape, Value body) {
        Optional<Fields> fields = body.fields(shape, "a mapping with `name`");
        Optional<Value> place = fields.flatMap(found -> found.at("name"));
        String name = place.flatMap(this::name).orElse("");
        Optional<Recipe> recipe = fields.flatMap(found -> RecipeReader.read(shape, name, found));
        recipe.ifPresent(made -> {
            Stream.concat(made.steps().stream(), made.abort().stream()).forEach(step -> {
                claim(step.name(), place.orElse(body));
                readByName.put(step.name(), step);
            });
            made.makes().forEach(thing -> makeOnce(thing, body));
            recipes.add(made);
        });
        return recipe;
    }

    private void makeOnce(String thing, Value body) {
        String before = placeByThing.putIfAbsent(thing, body.path());
        if (before != null) {
            body.problem("expected what is made to be made once, found " + thing + " here and at " + before);
        }
    }

    private void keepOnce(Step step, Value body) {
        if (step instanceof BackfillStep backfill) {
            backfill.kept().ifPresent(kept -> makeOnce("table " + kept.name(), body));
        }
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

    private Optional<? extends Step> step(Shape shape, Value body, boolean inAbort) {
        Optional<Fields> found = body.fields(shape, "a mapping with `name`");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = found.get();
        String name = fields.at("name").flatMap(this::name).orElse("");
        return switch (shape) {
            case SCHEMA -> schema(name, fields, inAbort);
            case BACKFILL -> WalkReader.backfill(name, fields);
            case DELETE -> WalkReader.delete(name, fields);
            case COPY -> WalkReader.copy(name, fields);
            case EXTERNAL -> {
                if (inAbort) {
                    fields.at("image")
                            .ifPresent(
                                    v -> v.problem("expected no `image` in an abort step, which the supervisor carries"
                                            + " out where it runs, found one"));
                }
                yield ExternalReader.read(name, fields, directory);
            }
            case WORKLOADS -> downtimes.read(name, fields);
            case STATEMENT -> {
                Optional<String> sql = sql(fields, StatementStep::one);
                Optional<String> undoes = fields.at("undoes").flatMap(value -> undone(value, inAbort));
                Optional<Duration> expected = expected(fields, inAbort);
                yield fields.build(() -> new StatementStep(name, sql.orElseThrow(), undoes, expected));
            }
            case RESTORE -> {
                Optional<BackfillStep> undone = fields.at("undoes").flatMap(this::keeping);
                BatchLimits batch = WalkReader.batch(fields);
                yield undone.flatMap(step -> fields.build(() -> new RestoreStep(name, step, batch)));
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

    private Optional<String> undone(Value value, boolean inAbort) {
        if (!inAbort) {
            value.problemWithKey("expected `undoes` in abort steps only, found it");
            return Optional.empty();
        }
        Optional<String> step = value.text("the name of a step");
        step.filter(name -> !placeByName.getOrDefault(name, "").startsWith("steps["))
                .ifPresent(name -> value.problem("expected the name of one of the steps, found '" + name + "'"
                        + Suggestion.text(placeByName.keySet(), name)));
        return step;
    }

    private Optional<BackfillStep> keeping(Value value) {
        Optional<Step> step = undone(value, true).map(readByName::get);
        if (step.isPresent()
                && !(step.get() instanceof BackfillStep backfill
                        && backfill.kept().isPresent())) {
            value.problem("expected a backfill with `keep-old: true`, found "
                    + step.get().kind() + " step '" + step.get().name() + "'"
                    + (step.get() instanceof BackfillStep ? " without it" : ""));
            return Optional.empty();
        }
        return step.map(BackfillStep.class::cast);
    }

    private static Optional<String> sql(Fields fields, Function<String, SqlStatement> parser) {
        return fields.at("sql")
                .flatMap(value -> value.as("an SQL statement", parser))
                .map(SqlStatement::text);
    }

    private Optional<SchemaStep> schema(String name, Fields fields, boolean inAbort) {
        List<Path> locations = new ArrayList<>();
        fields.at("locations")
                .ifPresent(list -> list.items("a list of directories with migrations")
                        .forEach(item -> item.as("a directory", text -> Directories.resolve(directory, text))
                                .ifPresent(locations::add)));
        Optional<String> target = fields.at("target").flatMap(v -> v.as("a version", SchemaStep::checkVersion));
        Optional<String> baseline = fields.at("baseline").flatMap(v -> v.as("a version", SchemaStep::checkVersion));
        Optional<Duration> expected = expected(fields, inAbort);
        return fields.build(() -> new SchemaStep(name, locations, target, baseline, expected));
    }

    private static Optional<Duration> expected(Fields fields, boolean inAbort) {
        if (inAbort) {
            fields.at("expected")
                    .ifPresent(value -> value.problemWithKey(
                            "expected `expected` in steps only, found it; an abort plan waits for no window"));
            return Optional.empty();
        }
        return fields.at("expected")
                .flatMap(value -> value.as("a duration such as 40m", text -> Quantities.duration(text, "1s", "7d")));
    }

    private Optional<String> name(Value value) {
        return value.text("a name such as fill-totals").flatMap(text -> {
            try {
                Names.check("a step's name", text);
            } catch (IllegalArgumentException e) {
                value.problem(String.valueOf(e.getMessage()));
                return Optional.empty();
            }
            claim(text, value);
            return Optional.of(text);
        });
    }

    private void claim(String name, Value at) {
        String before = placeByName.putIfAbsent(name, at.path());
        if (before != null) {
            at.problem("expected each step name once, found '" + name + "' here and at " + before);
        }
    }
}
