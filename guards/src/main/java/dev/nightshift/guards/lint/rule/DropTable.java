package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Drops;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** TBL-DROP: DROP TABLE, SCHEMA, DATABASE, MATERIALIZED VIEW, SEQUENCE, and any DROP … CASCADE of data. */
final class DropTable extends Rule {
    DropTable() {
        super(new RuleCard(
                "TBL-DROP",
                Severity.ERROR,
                "DROP TABLE, SCHEMA, DATABASE, MATERIALIZED VIEW, SEQUENCE, and any DROP … CASCADE of data",
                "ACCESS EXCLUSIVE",
                "the data is gone with it, and CASCADE takes along what depends on it",
                "rename and wait, take a verified backup, then drop",
                "DROP TABLE shop.orders",
                "DROP INDEX CONCURRENTLY shop.orders_customer"));
    }

    private static final Map<String, String> HOLD_DATA = Map.of(
            "OBJECT_TABLE", "DROP TABLE",
            "OBJECT_FOREIGN_TABLE", "DROP FOREIGN TABLE",
            "OBJECT_SCHEMA", "DROP SCHEMA",
            "OBJECT_MATVIEW", "DROP MATERIALIZED VIEW",
            "OBJECT_SEQUENCE", "DROP SEQUENCE");

    private static final Map<String, String> ONLY_WITH_CASCADE = Map.of(
            "OBJECT_TYPE", "DROP TYPE",
            "OBJECT_DOMAIN", "DROP DOMAIN",
            "OBJECT_EXTENSION", "DROP EXTENSION",
            "OBJECT_VIEW", "DROP VIEW",
            "OBJECT_FUNCTION", "DROP FUNCTION",
            "OBJECT_COLLATION", "DROP COLLATION");

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        if (tree.is("DropdbStmt")) {
            return Stream.of(hit("DROP DATABASE " + tree.text("dbname") + " destroys all its data"));
        }
        if (tree.is("DropOwnedStmt")) {
            return Stream.of(hit("DROP OWNED destroys all that the role owns in this database"));
        }
        return step.is("DropStmt") ? drops(step) : Stream.empty();
    }

    private static Stream<Hit> drops(Step step) {
        String type = step.tree().text("removeType");
        boolean cascades = Drops.cascades(step.tree());
        String words = HOLD_DATA.get(type);
        if (words == null && cascades) {
            words = ONLY_WITH_CASCADE.get(type);
        }
        if (words == null) {
            return Stream.empty();
        }
        String what = words;
        return Drops.names(step.tree()).stream()
                .filter(name -> !isOwn(step, type, name))
                .map(name -> hit(what + " " + name
                                + (cascades
                                        ? " CASCADE destroys it and all that depends on it"
                                        : " destroys it and its data"))
                        .on(name));
    }

    private static boolean isOwn(Step step, String type, Name name) {
        if (type.equals("OBJECT_SCHEMA")) {
            return isSure(step.created(Created.Kind.SCHEMA, name));
        }
        if (type.equals("OBJECT_TYPE") || type.equals("OBJECT_DOMAIN")) {
            return isSure(step.created(Created.Kind.TYPE, name));
        }
        if (type.equals("OBJECT_FUNCTION")) {
            return isSure(step.created(Created.Kind.ROUTINE, name));
        }
        return step.isSurelyNew(name);
    }

    private static boolean isSure(Optional<Created> created) {
        return created.filter(Created::certain).isPresent();
    }
}
