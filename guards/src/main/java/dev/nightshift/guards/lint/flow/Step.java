package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.Script;
import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.AlterTable;
import dev.nightshift.guards.lint.tree.Dml;
import dev.nightshift.guards.lint.tree.Name;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One statement in its situation: what was set, open and created when its turn came. All that a rule is given. */
public final class Step {
    private final Statement statement;
    private final int index;
    private final Situation situation;
    private final Timeline timeline;
    private @Nullable List<TableLock> locks;
    private int undoneAt = Integer.MAX_VALUE;

    Step(Statement statement, int index, Situation situation, Timeline timeline) {
        this.statement = statement;
        this.index = index;
        this.situation = situation;
        this.timeline = timeline;
    }

    public Statement statement() {
        return statement;
    }

    public Node tree() {
        return statement.tree();
    }

    public boolean is(String kind) {
        return tree().is(kind);
    }

    /** Its place among all statements of the script, those in bodies included, in the order in which they run. */
    public int index() {
        return index;
    }

    /** Whether it only undoes what the rest of the script does. */
    public boolean undoes() {
        return statement.start() >= script().undoesFrom();
    }

    void undo(int at) {
        undoneAt = Math.min(undoneAt, at);
    }

    /** Whether what it did still stands when the turn of a later statement comes: no ROLLBACK lies between them. */
    boolean standsAt(Step later) {
        return undoneAt > later.index;
    }

    public Settings settings() {
        return situation.settings();
    }

    public Transaction transaction() {
        return situation.transaction();
    }

    /** Whether the script itself opened the transaction with BEGIN. */
    public boolean inExplicitBlock() {
        return situation.explicit();
    }

    /** The DO, CALL or SELECT that runs this statement as part of a body; empty at the top level. */
    public Optional<Step> outer() {
        return situation.outer();
    }

    public Timeline timeline() {
        return timeline;
    }

    public Script script() {
        return timeline.script();
    }

    public Catalog catalog() {
        return timeline.catalog();
    }

    public Optional<AlterTable> alterTable() {
        return AlterTable.of(tree());
    }

    /** The INSERT, UPDATE, DELETE and MERGE nodes that this statement carries out, in CTEs too. */
    public List<Node> rowChanges() {
        return Dml.in(tree());
    }

    /** A relation that the script created before, under IF NOT EXISTS perhaps; or a temporary one. */
    public boolean isNew(Name relation) {
        return created(relation).filter(this::trusted).isPresent() || isTemporary(relation) || isYetToBeMade(relation);
    }

    /** As {@link #isNew}, but not when IF NOT EXISTS leaves it open: for what destroys data. */
    public boolean isSurelyNew(Name relation) {
        return created(relation).filter(Created::certain).isPresent()
                || isTemporary(relation)
                || isYetToBeMade(relation);
    }

    private static boolean isTemporary(Name relation) {
        return relation.schema().equals("pg_temp") || relation.schema().startsWith("pg_temp_");
    }

    private boolean isYetToBeMade(Name relation) {
        return timeline.isYetToBeMade(relation) || timeline.isYetToBeMade(resolved(relation));
    }

    private boolean trusted(Created created) {
        return created.certain() || catalog().table(created.name()).isEmpty();
    }

    public Optional<Created> created(Name relation) {
        return created(Created.Kind.RELATION, relation);
    }

    public Optional<Created> created(Created.Kind kind, Name name) {
        return timeline.objects().find(kind, name, settings(), index);
    }

    /** What the database knows of a relation; nothing when the script made it. */
    public Optional<Table> table(Name relation) {
        return isSurelyNew(relation) ? Optional.empty() : catalog().table(inPath(relation));
    }

    /** With the schema that a search path set in the script gives it; otherwise as it is written. */
    private Name inPath(Name relation) {
        boolean told = !relation.isQualified() && settings().get("search_path").isPresent();
        return told ? resolved(relation) : relation;
    }

    /** With a schema in any case, so that names of one relation are equal. */
    public Name resolved(Name relation) {
        return relation.isQualified()
                ? relation
                : relation.in(Objects.searchPath(settings()).get(0));
    }

    public boolean sameRelation(Name one, Name two) {
        return resolved(one).equals(resolved(two));
    }

    /** The locks that it takes on relations that were there before the script. */
    public List<TableLock> locks() {
        if (locks == null) {
            locks = Locks.of(this).filter(lock -> !isNew(lock.relation())).toList();
        }
        return locks;
    }

    /** Those among them for which writers wait. */
    public List<TableLock> strongLocks() {
        return locks().stream().filter(lock -> lock.mode().blocksWrites()).toList();
    }

    boolean changesRows() {
        return rowChanges().stream().anyMatch(node -> !isNew(Name.of(node.node("relation"))));
    }

    /** Earlier statements of the script that name the relation as their target, in order. */
    public Stream<Step> earlierOn(Name relation) {
        return earlier(timeline.on(relation.name()).stream(), relation);
    }

    /** As {@link #earlierOn}, after those of the earlier scripts of the set. */
    public Stream<Step> everOn(Name relation) {
        return earlier(timeline.everOn(relation.name()), relation);
    }

    private Stream<Step> earlier(Stream<Step> steps, Name relation) {
        return steps.filter(step -> step.index < index && step.standsAt(this))
                .filter(step -> step.targets().stream().anyMatch(target -> step.sameRelation(target, relation)));
    }

    /** The relations that the statement names as its targets. */
    public List<Name> targets() {
        return Targets.of(tree());
    }

    public Hit hit(String message) {
        return Hit.because(message);
    }

    @Override
    public String toString() {
        return statement.text();
    }
}
