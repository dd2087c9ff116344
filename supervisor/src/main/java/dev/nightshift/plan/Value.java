package dev.nightshift.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of the plan and its path; each way to read it answers empty after reporting why it cannot be read so.
 *
 * @param key the key it stands behind; the value itself for items of a list
 */
record Value(Node key, Node node, String path, Problems problems) {

    private static final int SHOWN = 60;

    /** Text: a scalar that YAML takes for text, not empty. */
    Optional<String> text(String expected) {
        if (isScalar(Tag.STR) && !scalar().isBlank()) {
            return Optional.of(scalar());
        }
        boolean needsQuotes = isScalar(Tag.INT) || isScalar(Tag.FLOAT) || isScalar(Tag.BOOL);
        return wrong(expected, needsQuotes ? "; put it in quotes" : "");
    }

    /**
     * Text in a form of its own, numbers as they are written; the message of the parser's IllegalArgumentException is
     * the problem.
     */
    <T> Optional<T> as(String expected, Function<String, T> parser) {
        if (!(node instanceof ScalarNode) || isScalar(Tag.NULL) || scalar().isBlank()) {
            return wrong(expected, "");
        }
        try {
            return Optional.of(parser.apply(scalar()));
        } catch (IllegalArgumentException e) {
            problem(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    Optional<Integer> whole(int least, int most) {
        String expected = "a whole number from " + least + " to " + most;
        if (!isScalar(Tag.INT)) {
            return wrong(expected, "");
        }
        try {
            int number = Integer.parseInt(scalar());
            return number < least || number > most ? wrong(expected, "") : Optional.of(number);
        } catch (NumberFormatException e) {
            return wrong(expected, "");
        }
    }

    Optional<Boolean> yesOrNo() {
        return isScalar(Tag.BOOL) ? Optional.of(Boolean.parseBoolean(scalar())) : wrong("true or false", "");
    }

    /** One of some words. */
    <T> Optional<T> word(Map<String, T> words, String expected) {
        boolean isWord = node instanceof ScalarNode;
        if (isWord && words.containsKey(scalar())) {
            return Optional.ofNullable(words.get(scalar()));
        }
        return wrong(expected, isWord ? Suggestion.text(words.keySet(), scalar()) : "");
    }

    /** The items of a list, or this one alone where it is none. */
    List<Value> oneOrMore(String expected) {
        return node instanceof SequenceNode ? items(expected) : List.of(this);
    }

    /** The items of a list with at least one; none after reporting that it is no such list. */
    List<Value> items(String expected) {
        if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
            wrong(expected, "");
            return List.of();
        }
        List<Value> items = new ArrayList<>();
        for (Node item : list.getValue()) {
            items.add(new Value(item, item, path + "[" + items.size() + "]", problems));
        }
        return items;
    }

    Optional<Fields> fields(Shape shape, String expected) {
        return fields(shape.keys(), expected);
    }

    Optional<Fields> fields(List<Key> shape, String expected) {
        return node instanceof MappingNode ? Optional.of(Fields.of(this, shape)) : wrong(expected, "");
    }

    /** Whether exactly this stands there. */
    boolean says(String text) {
        return node instanceof ScalarNode && scalar().equals(text);
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    void problem(String message) {
        problems.at(node.getStartMark(), path, message);
    }

    void problemWithKey(String message) {
        problems.at(key.getStartMark(), path, message);
    }

    <T> Optional<T> wrong(String expected, String hint) {
        problem("expected " + expected + ", found " + found(node) + hint);
        return Optional.empty();
    }

    /** What a person sees there. */
    static String found(Node node) {
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        if (node instanceof SequenceNode list) {
            return list.getValue().isEmpty() ? "an empty list" : "a list";
        }
        String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        return text.isBlank() ? "nothing" : "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "'";
    }

    private boolean isScalar(Tag tag) {
        return node instanceof ScalarNode && node.getTag().equals(tag);
    }

    private String scalar() {
        return ((ScalarNode) node).getValue();
    }
}
