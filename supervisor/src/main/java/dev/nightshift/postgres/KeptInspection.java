package dev.nightshift.postgres;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.plan.KeptTable;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.BiConsumer;

/** The table in which a backfill keeps what it overwrites: what speaks against making it. */
final class KeptInspection {

    private static final String PLACE = """
            SELECT has_schema_privilege(n.oid, 'CREATE') AS creatable,
                   (SELECT coalesce(obj_description(c.oid, 'pg_class'), '') FROM pg_class c
                    WHERE c.relnamespace = n.oid AND c.relname = $2) AS mark
            FROM pg_namespace n WHERE n.nspname = $1""";

    /** Of the one run that is under way: only it goes on with what it has made. */
    private static final String OURS = "SELECT FROM nightshift.runs r WHERE r.ended_at IS NULL AND r.id = $1";

    /** What would carry the rows of a new table to subscribers that do not have it, and stop there. */
    private static final String CARRIERS = """
            SELECT 'publication ' || quote_ident(pubname) AS name FROM pg_publication WHERE puballtables
            UNION SELECT 'slot ' || slot_name FROM pg_replication_slots
            WHERE slot_type = 'logical' AND database = current_database() AND NOT temporary
              AND (plugin NOT IN ('pgoutput', 'pglogical_output')
                   OR plugin = 'pgoutput' AND NOT EXISTS (SELECT FROM pg_publication))""";

    private static final String SCHEMA_CARRIERS = """
            UNION SELECT 'publication ' || quote_ident(p.pubname)
            FROM pg_publication_namespace s JOIN pg_publication p ON p.oid = s.pnpubid
            JOIN pg_namespace n ON n.oid = s.pnnspid WHERE n.nspname = $1""";

    private static final int WITH_SCHEMA_CARRIERS = 15;

    private final CatalogSession catalog;
    private final BackfillStep step;
    private final KeptTable kept;
    private final BiConsumer<String, String> problems;

    /** @param problems told what is wrong and what to do */
    KeptInspection(CatalogSession catalog, BackfillStep step, KeptTable kept, BiConsumer<String, String> problems) {
        this.catalog = catalog;
        this.step = step;
        this.kept = kept;
        this.problems = problems;
    }

    /** @param key names of the columns that tell rows apart; none when there is no such key */
    void look(List<String> key, boolean inherited) {
        if (key.isEmpty() || inherited) {
            problems.accept(
                    "`keep-old` needs a key that tells the rows of " + step.table() + " apart, and "
                            + (inherited ? "no key spans the tables that inherit from it" : "it has none that stays"),
                    "add a primary key, or leave `keep-old` out");
        }
        kept.written().values().stream()
                .filter(key::contains)
                .forEach(name -> problems.accept(
                        "what is written would be kept as " + name + ", and the key has a column of that name",
                        "rename that column, or leave `keep-old` out"));
        Row place = catalog.ask(
                        PLACE, Tuple.of(kept.name().schema(), kept.name().name()))
                .iterator()
                .next();
        String mark = place.getString("mark");
        if (mark == null) {
            makable(place);
        } else if (!isOurs(mark)) {
            problems.accept(
                    kept.name() + ", where old values are to be kept, is there already",
                    "DROP TABLE " + kept.name() + " once nobody needs what it holds, or give the step another name");
        }
    }

    private void makable(Row place) {
        if (!place.getBoolean("creatable")) {
            problems.accept(
                    "the role may not make " + kept.name() + ", where old values are to be kept",
                    "GRANT CREATE ON SCHEMA " + kept.name().schema() + " to it");
        }
        boolean schemas = catalog.session().serverVersion() >= WITH_SCHEMA_CARRIERS;
        List<String> carriers = catalog.names(
                CARRIERS + (schemas ? SCHEMA_CARRIERS : ""),
                schemas ? Tuple.of(kept.name().schema()) : Tuple.tuple());
        if (!carriers.isEmpty()) {
            problems.accept(
                    "logical replication would carry " + kept.name()
                            + " to subscribers that do not have it, and stop there: " + String.join(", ", carriers),
                    "narrow the publication to tables, or the slot's plugin to publications, or leave `keep-old` out");
        }
    }

    private boolean isOurs(String mark) {
        return KeptMark.read(mark)
                .filter(found -> found.step().equals(step.name()))
                .map(found -> catalog.ask(OURS, Tuple.of(found.run().text())).size() > 0)
                .orElse(false);
    }
}
