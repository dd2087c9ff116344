package dev.nightshift.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A mapping of the plan whose keys were held against its shape; what did not fit is reported. */
final class Fields {

    private final Value mapping;
    private final int problemsBefore;
    private final Map<String, Value> values = new LinkedHashMap<>();

    private Fields(Value mapping) {
        this.mapping = mapping;
        this.problemsBefore = mapping.problems().count();
    }

    static Fields of(Value mapping, List<Key> shape) {
        Fields fields = new Fields(mapping);
        Map<String, Value> all = entries(mapping);
        all.forEach((name, value) -> fields.accept(name, value, shape));
        shape.stream()
                .filter(key -> key.need() == Key.Need.REQUIRED && !all.containsKey(key.name()))
                .forEach(key -> fields.missing(key.name(), "expected the key '" + key.name() + "', found none"));
        return fields;
    }

    /** All entries of a mapping whose keys are free; keys that are no text or come twice are reported. */
    static Map<String, Value> entries(Value mapping) {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : ((MappingNode) mapping.node()).getValue()) {
            Node key = tuple.getKeyNode();
            String name = key instanceof ScalarNode scalar ? scalar.getValue() : "";
            Value value = new Value(key, tuple.getValueNode(), pathOf(mapping, name), mapping.problems());
            if (name.isBlank()) {
                value.problemWithKey("expected a key, found " + Value.found(key));
            } else if (entries.putIfAbsent(name, value) != null) {
                value.problemWithKey("expected each key once, found '" + name + "' again");
            }
        }
        return entries;
    }

    private void accept(String name, Value value, List<Key> shape) {
        Optional<Key> key =
                shape.stream().filter(one -> one.name().equals(name)).findFirst();
        if (key.isEmpty()) {
            List<String> known = shape.stream().map(Key::name).toList();
            value.problemWithKey("expected one of " + String.join(", ", known) + ", found '" + name + "'"
                    + Suggestion.text(known, name));
        } else if (key.get().need() == Key.Need.LATER) {
            value.problemWithKey("expected no '" + name + "', found it; this version "
                    + key.get().remark());
        } else {
            values.put(name, value);
        }
    }

    /** Reports at the mapping's beginning what a key that is not there should have said. */
    void missing(String name, String message) {
        mapping.problems().at(mapping.node().getStartMark(), pathOf(mapping, name), message);
    }

    /** The value behind a key, when it is there. */
    Optional<Value> at(String name) {
        return Optional.ofNullable(values.get(name));
    }

    Value mapping() {
        return mapping;
    }

    /** The keys that are there, known and can be carried out, as written. */
    List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** Whether nothing was reported since this mapping was opened. */
    boolean sound() {
        return mapping.problems().count() == problemsBefore;
    }

    /** Builds what the mapping says, unless something in it was wrong: required values are there then. */
    <T> Optional<T> build(Supplier<T> result) {
        if (!sound()) {
            return Optional.empty();
        }
        try {
            return Optional.of(result.get());
        } catch (IllegalArgumentException e) {
            mapping.problem(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static String pathOf(Value parent, String name) {
        return parent.path().isEmpty() ? name : parent.path() + "." + name;
    }
}
