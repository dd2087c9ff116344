package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The reader and the schema for editors know the same plans. */
class PlanSchemaTest {

    private static final String TEXT = text();
    private static final Map<String, Object> DEFINITIONS = definitions();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TEXT);

    @ParameterizedTest
    @EnumSource(Shape.class)
    void every_mapping_has_the_keys_of_the_reader_and_no_others(Shape shape) {
        Map<String, Object> definition = definition(shape.name().toLowerCase(Locale.ROOT));
        Map<String, Object> properties = map(definition.get("properties"));

        assertThat(properties.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        shape.keys().stream().map(Key::name).toList());
        assertThat(definition).containsEntry("additionalProperties", false);
    }

    @ParameterizedTest
    @EnumSource(
            value = Shape.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BACKUP"})
    void every_mapping_requires_what_the_reader_requires(Shape shape) {
        List<String> required = shape.keys().stream()
                .filter(key -> key.need() == Key.Need.REQUIRED)
                .map(Key::name)
                .toList();

        assertThat(definition(shape.name().toLowerCase(Locale.ROOT)).getOrDefault("required", List.of()))
                .isEqualTo(required);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void what_this_version_cannot_carry_out_is_refused_by_the_schema_too(Shape shape) {
        Map<String, Object> properties =
                map(definition(shape.name().toLowerCase(Locale.ROOT)).get("properties"));

        for (Key key : shape.keys()) {
            assertThat(map(properties.get(key.name())).containsKey("not"))
                    .as(key.name())
                    .isEqualTo(key.need() == Key.Need.LATER);
        }
    }

    @Test
    void the_guards_are_those_of_the_catalogue() {
        assertThat(map(definition("guards").get("properties")).keySet())
                .containsExactlyInAnyOrderElementsOf(GuardsReader.KNOWN);
    }

    @Test
    void every_definition_is_used() {
        assertThat(DEFINITIONS.keySet()).allSatisfy(name -> assertThat(TEXT).contains("\"#/$defs/" + name + "\""));
    }

    @ParameterizedTest
    @MethodSource("acceptedPlans")
    void a_plan_that_the_reader_accepts_is_valid(String plan) {
        Plans.accepted(plan);
        assertThat(SCHEMA.validate(plan, InputFormat.YAML)).isEmpty();
    }

    static Stream<String> acceptedPlans() {
        Stream<String> examples = Examples.files().stream().map(Examples::text);
        Stream<String> plans = Stream.of(Plans.FULL, Plans.SMALL, Plans.PROBES, Plans.RECIPES);
        return Stream.of(plans, BackupReaderTest.plans(), examples).flatMap(all -> all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nightshift: 2",
                "name: Small",
                "database: {url: \"postgresql://m:secret@localhost/shop\"}",
                "database: {url: \"postgresql://m@localhost\"}",
                "database: postgresql://m@localhost/shop",
                "backup: maybe",
                "backup: {verify: readable}",
                "backup: {snapshot: x}",
                "backup: {snapshot: {claims: [A]}}",
                "backup: {command: {start: [a]}}",
                "backup: {command: {start: a, poll: [b]}}",
                "backup: {command: {start: [a], poll: [b], pass-environment: [A=b]}}",
                "backup: {external: {command: []}}",
                "backup: {external: {command: [a]}, dump: {directory: /b}, maxAge: 1d}",
                "replicas: {}",
                "replicas: {required: standby-a}",
                "replicas: {delayed: {standby-dr: 60}}",
                "window: {opens: \"0 1 * * *\", lasts: 4, zone: UTC}",
                "window: {opens: \"0 1 * *\", lasts: 4h, zone: UTC}",
                "guards: {replica-lagg: {hold: 5s}}",
                "guards: {replica-lag: {hold: 5s for 2}}",
                "guards: {prometheus: {hold: 5s}}",
                "guards: {prometheus: {url: x, query: up, hold: 1}}",
                "guards: {prometheus: {url: \"http://p:9090\", query: up}}",
                "guards: {prometheus: []}",
                "guards: {custom-sql: {name: a, sql: SELECT 1, hold: \"~ 5\"}}",
                "guards: {custom-sql: {name: a, sql: SELECT 1, hold: 5, timeout: 1}}",
                "guards: {custom-sql: {sql: SELECT 1, hold: 5}}",
                "guards: {sensing: {hold: 9s}}",
                "steps: []",
                "steps: [{}]",
                "steps: [{hold: {name: a}, verify: {name: b, sql: SELECT true}}]",
                "steps: [{external: {name: a}}]",
                "steps: [{backfill: {name: a, table: orders, set: {b: 1}, where: b IS NULL}}]",
                "steps: [{backfill: {name: a, table: public.orders, set: {}, where: b IS NULL}}]",
                "steps: [{backfill: {name: a, table: public.orders, set: {b: 1}}}]",
                "steps: [{backfill: {name: a, table: public.orders, set: {b: 1}, stable-key: false}}]",
                "steps: [{backfill: {name: a, table: public.orders, set: {b: 1}, where: c, walk: hip}}]",
                "steps: [{backfill: {name: a, table: public.orders, set: {b: 1}, where: c, lanes: 2}}]",
                "steps: [{backfill: {name: a, table: public.orders, set: {b: 1}, where: c, batch: {rows: 0}}}]",
                "steps: [{not-null: {name: a, table: orders, column: b}}]",
                "steps: [{not-null: {name: a, table: public.orders, columns: [b]}}]",
                "steps: [{not-null: {name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, table: a.b, column: c}}]",
                "steps: [{check: {name: a, table: public.orders, condition: ''}}]",
                "steps: [{unique: {name: a, table: public.orders, columns: [b, b]}}]",
                "steps: [{foreign-key: {name: a, table: a.b, columns: [c], references: a.d, on-delete: delete}}]",
                "steps: [{index: {name: a, table: public.orders, columns: []}}]",
                "waive: [{id: a, reason: b}]",
                "waive: [{id: a, reason: b, until: tomorrow}]",
                "abort: [{workloads: {name: a}}]",
                "journal: {url: x}"
            })
    void what_the_schema_refuses_the_reader_refuses_too(String line) {
        String key = line.substring(0, line.indexOf(':'));
        String rest = Plans.SMALL.replaceAll("(?m)^" + key + ":.*\\n(?:  .*\\n)*", "");
        String plan = rest + line + "\n";

        assertThat(SCHEMA.validate(plan, InputFormat.YAML)).as("schema").isNotEmpty();
        assertThat(Plans.problems(plan)).as("reader").isNotEmpty();
    }

    private static Map<String, Object> definition(String name) {
        return map(DEFINITIONS.get(name));
    }

    private static Map<String, Object> definitions() {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(TEXT);
        return map(map(tree).get("$defs"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(PlanReader.class.getResourceAsStream("plan.schema.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
