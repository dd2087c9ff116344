package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Dml;
import java.util.stream.Stream;

/** TBL-CTAS-LARGE: CREATE TABLE AS, SELECT INTO or INSERT … SELECT over a whole table. */
final class CopyWholeTable extends Rule {
    CopyWholeTable() {
        super(new RuleCard(
                "TBL-CTAS-LARGE",
                Severity.INFO,
                "CREATE TABLE AS, SELECT INTO or INSERT … SELECT over a whole table",
                "ACCESS SHARE on the source",
                "one long snapshot holds back vacuum, and the WAL comes in one burst",
                "a batched copy",
                "CREATE TABLE shop.copy AS SELECT * FROM shop.orders",
                "CREATE TABLE shop.copy AS SELECT * FROM shop.orders WITH NO DATA"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        if (step.is("CreateTableAsStmt")) {
            boolean copies = tree.text("objtype").equals("OBJECT_TABLE")
                    && !tree.node("into").flag("skipData");
            return copies ? ofQuery(step, tree.node("query"), "CREATE TABLE AS") : Stream.empty();
        }
        if (step.is("SelectStmt") && tree.has("intoClause")) {
            return ofQuery(step, tree, "SELECT INTO");
        }
        return step.rowChanges().stream()
                .filter(node -> node.is("InsertStmt") && !Dml.insertsValues(node))
                .flatMap(insert -> ofQuery(step, insert.node("selectStmt"), "INSERT … SELECT"));
    }

    private static Stream<Hit> ofQuery(Step step, Node query, String what) {
        return WholeTables.readBy(step, query).stream()
                .map(source -> hit(what + " reads all of " + source + " in one statement")
                        .on(source)
                        .weighedBySize())
                .limit(1);
    }
}
