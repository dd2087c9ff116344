package dev.nightshift;

import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.StepSql;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the SQL of a plan works on, as one process tells it another. */
final class StepSqlDocument {

    private StepSqlDocument() {}

    static String write(Fact<List<StepSql>> sql) {
        JsonObject document = sql.fold(
                steps -> new JsonObject()
                        .put(
                                "steps",
                                array(steps.stream().map(StepSqlDocument::step).toList())),
                (why, remedy) -> new JsonObject().put("why", why).put("remedy", remedy));
        return document.encode();
    }

    /** @throws RuntimeException when it is no such document */
    static Fact<List<StepSql>> read(String text) {
        JsonObject document = new JsonObject(text);
        if (document.containsKey("why")) {
            return Fact.unknown(document.getString("why"), document.getString("remedy"));
        }
        return Fact.of(document.getJsonArray("steps").stream()
                .map(step -> step((JsonObject) step))
                .toList());
    }

    private static JsonObject step(StepSql step) {
        return new JsonObject()
                .put("step", step.step())
                .put(
                        "touches",
                        array(step.touches().stream()
                                .map(StepSqlDocument::touch)
                                .toList()))
                .put("indexes", array(step.indexes()))
                .put("settled", array(step.settled()))
                .put("reliesOnProof", step.reliesOnProof())
                .put("opaque", array(step.opaque()));
    }

    private static StepSql step(JsonObject step) {
        return new StepSql(
                step.getString("step"),
                step.getJsonArray("touches").stream()
                        .map(touch -> touch((JsonObject) touch))
                        .toList(),
                texts(step.getJsonArray("indexes")),
                texts(step.getJsonArray("settled")),
                step.getBoolean("reliesOnProof"),
                List.copyOf(texts(step.getJsonArray("opaque"))));
    }

    private static JsonObject touch(StepSql.Touch touch) {
        return new JsonObject()
                .put("schema", touch.schema())
                .put("name", touch.name())
                .put("table", touch.table())
                .put("effects", array(touch.effects().stream().map(Enum::name).toList()));
    }

    private static StepSql.Touch touch(JsonObject touch) {
        return new StepSql.Touch(
                touch.getString("schema"),
                touch.getString("name"),
                touch.getString("table"),
                texts(touch.getJsonArray("effects")).stream()
                        .map(StepSql.Effect::valueOf)
                        .collect(Collectors.toSet()));
    }

    private static JsonArray array(Collection<?> values) {
        return new JsonArray(List.copyOf(values));
    }

    private static Set<String> texts(JsonArray values) {
        return values.stream().map(String.class::cast).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
