package dev.nightshift.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Where in a plan's text the SQL of its steps stands, so that what is said of a statement points into the plan. */
public final class SqlPlaces {

    private final List<String> lines;
    private final Map<String, ScalarNode> byStep = new HashMap<>();
    private final Map<String, ScalarNode> names = new HashMap<>();

    private SqlPlaces(String source) {
        this.lines = source.lines().toList();
    }

    /** A line and a column in whole characters, from 1. */
    public record Place(int line, int column) {}

    public static SqlPlaces of(Plan plan) {
        String source = plan.source();
        SqlPlaces places = new SqlPlaces(source.startsWith("\uFEFF") ? source.substring(1) : source);
        Optional<Node> root = PlanText.compose(source, new Problems(""));
        Stream.of("steps", "abort")
                .flatMap(key -> root.flatMap(node -> at(node, key)).stream())
                .flatMap(list -> list instanceof SequenceNode sequence ? sequence.getValue().stream() : Stream.empty())
                .flatMap(step -> tuples(step).map(NodeTuple::getValueNode))
                .forEach(places::note);
        plan.recipes().forEach(places::note);
        return places;
    }

    /** What a recipe expands to stands where the recipe does. */
    private void note(Recipe recipe) {
        Optional.ofNullable(names.get(recipe.name()))
                .ifPresent(name -> Stream.concat(recipe.steps().stream(), recipe.abort().stream())
                        .forEach(step -> names.put(step.name(), name)));
    }

    private void note(Node step) {
        if (at(step, "name").orElse(null) instanceof ScalarNode name) {
            names.put(name.getValue(), name);
            note(name.getValue(), at(step, "sql"));
            note(where(name.getValue()), at(step, "where"));
            List<NodeTuple> values =
                    at(step, "set").stream().flatMap(SqlPlaces::tuples).toList();
            for (int i = 0; i < values.size(); i++) {
                note(set(name.getValue(), i), Optional.of(values.get(i).getValueNode()));
            }
        }
    }

    private void note(String key, Optional<Node> value) {
        value.filter(ScalarNode.class::isInstance).ifPresent(sql -> byStep.put(key, (ScalarNode) sql));
    }

    /** What stands for a backfill's condition where others ask for a step by its name, which has no spaces. */
    public static String where(String step) {
        return step + " where";
    }

    /** What stands for a backfill's value, counted from 0 in the order written. */
    public static String set(String step, int number) {
        return step + " set " + number;
    }

    private static Optional<Node> at(Node mapping, String key) {
        return tuples(mapping)
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static Stream<NodeTuple> tuples(Node node) {
        return node instanceof MappingNode mapping ? mapping.getValue().stream() : Stream.empty();
    }

    /** The SQL of a step as it stands in the plan, with the comments around it. */
    public Optional<String> written(String step) {
        return Optional.ofNullable(byStep.get(step)).map(ScalarNode::getValue);
    }

    /** A line of the plan; empty when there is none of that number. */
    public String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }

    /**
     * Where a place of a step's SQL, as {@link #written} has it, stands in the plan: exactly for literal blocks and for
     * values on one line, else where the value begins.
     */
    public Place of(String step, Place inSql) {
        ScalarNode node = byStep.get(step);
        Optional<Mark> mark = node == null ? Optional.empty() : node.getStartMark();
        if (node == null || mark.isEmpty()) {
            return Optional.ofNullable(names.get(step.replaceFirst(" .*", "")))
                    .flatMap(Node::getStartMark)
                    .map(begin -> new Place(begin.getLine() + 1, begin.getColumn() + 1))
                    .orElse(new Place(1, 1));
        }
        int line = inSql.line() - 1;
        String text = node.getValue().lines().skip(line).findFirst().orElse("");
        return exact(node, mark.get(), text, line)
                .map(found -> new Place(found.line(), found.column() + inSql.column() - 1))
                .orElseGet(() -> new Place(mark.get().getLine() + 1, mark.get().getColumn() + 1));
    }

    /** Where a line of the value begins in the plan. */
    private Optional<Place> exact(ScalarNode node, Mark mark, String text, int line) {
        if (node.getScalarStyle() == ScalarStyle.LITERAL) {
            int number = mark.getLine() + 2 + line;
            String shown = line(number).stripTrailing();
            String wanted = text.stripTrailing();
            return shown.endsWith(wanted)
                    ? Optional.of(new Place(number, shown.codePointCount(0, shown.length() - wanted.length()) + 1))
                    : Optional.empty();
        }
        int quote = node.getScalarStyle() == ScalarStyle.PLAIN ? 0 : 1;
        String shown = line(mark.getLine() + 1);
        int points = Math.min(mark.getColumn() + quote, shown.codePointCount(0, shown.length()));
        boolean same = line == 0 && shown.startsWith(text, shown.offsetByCodePoints(0, points));
        return same ? Optional.of(new Place(mark.getLine() + 1, points + 1)) : Optional.empty();
    }
}
