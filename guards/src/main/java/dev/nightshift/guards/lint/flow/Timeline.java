package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.Script;
import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.parse.Parsed;
import dev.nightshift.guards.lint.parse.SqlParser;
import dev.nightshift.guards.lint.script.Piece;
import dev.nightshift.guards.lint.tree.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** A whole script as it runs: its statements in order with all that the rules may look back or ahead for. */
public final class Timeline {
    /** A piece that PostgreSQL's grammar refuses. */
    public record Unparsed(Piece piece, Parsed.Refused refused) {}

    private final SqlParser parser;
    private final Past past;
    private final Script script;
    private final Catalog catalog;
    private final OptionalInt serverVersion;
    private final Objects objects = new Objects();
    private final List<Step> steps = new ArrayList<>();
    private final List<Unparsed> unparsed = new ArrayList<>();
    private final Map<String, List<Step>> byTarget = new HashMap<>();
    private final Map<Step, Body> bodies = new HashMap<>();
    private final List<Step> publications = new ArrayList<>();
    private final Set<Step> openEnded = new HashSet<>();
    private final Set<Step> misplaced = new HashSet<>();

    Timeline(Script script, Catalog catalog, OptionalInt serverVersion, SqlParser parser, Past past) {
        this.past = past;
        this.parser = parser;
        this.script = script;
        this.catalog = catalog;
        this.serverVersion = serverVersion.isPresent() ? serverVersion : catalog.serverVersion();
    }

    public Script script() {
        return script;
    }

    public Catalog catalog() {
        return catalog;
    }

    /** The major version of the server that the script is meant for, if it is known. */
    public OptionalInt serverVersion() {
        return serverVersion;
    }

    public List<Step> steps() {
        return steps;
    }

    public List<Unparsed> unparsed() {
        return unparsed;
    }

    /** The statements that name a relation of that name, in whatever schema, as their target. */
    public List<Step> on(String relation) {
        return byTarget.getOrDefault(relation, List.of());
    }

    /** As {@link #on}, after those of the earlier scripts of the set. */
    Stream<Step> everOn(String relation) {
        return Stream.concat(past.on(relation).stream(), on(relation).stream());
    }

    /** An earlier script of the set makes the table, and the database does not have it: so the set has yet to run. */
    boolean isYetToBeMade(Name table) {
        return past.made(table)
                && catalog.serverVersion().isPresent()
                && catalog.table(table).isEmpty();
    }

    int nextIndex() {
        return past.steps() + steps.size();
    }

    /** What a DO block or a routine that this statement defines would carry out. */
    public Body body(Step step) {
        return bodies.getOrDefault(step, Body.EMPTY);
    }

    /** Whether this BEGIN or PREPARE TRANSACTION is never ended by the script. */
    public boolean isLeftOpen(Step begin) {
        return openEnded.contains(begin);
    }

    /** Whether this BEGIN, COMMIT or ROLLBACK comes where there is, or is not, a transaction. */
    public boolean isMisplaced(Step transactionStatement) {
        return misplaced.contains(transactionStatement);
    }

    /** The statements that create a publication. */
    public List<Step> publications() {
        return publications;
    }

    /** The tree of an expression that a catalog tells as text. */
    public Optional<Node> expression(String text) {
        return !text.isEmpty() && parser.parse("SELECT " + text) instanceof Parsed.Accepted accepted
                ? Optional.of(
                        accepted.statements().get(0).list("targetList").get(0).node("val"))
                : Optional.empty();
    }

    Objects objects() {
        return objects;
    }

    /** A rollback takes back what the statements since did. */
    void rollBack(int since, int at) {
        objects.rollBack(since, at);
        steps.subList(since - past.steps(), at - past.steps()).forEach(step -> step.undo(at));
    }

    void add(Step step) {
        steps.add(step);
        if (step.is("CreatePublicationStmt")) {
            publications.add(step);
        }
        step.targets()
                .forEach(target -> byTarget.computeIfAbsent(target.name(), name -> new ArrayList<>())
                        .add(step));
    }

    void body(Step step, Body body) {
        bodies.put(step, body);
    }

    void leaveOpen(Step begin) {
        openEnded.add(begin);
    }

    void misplace(Step step) {
        misplaced.add(step);
    }

    void refuse(Piece piece, Parsed.Refused refused) {
        unparsed.add(new Unparsed(piece, refused));
    }
}
