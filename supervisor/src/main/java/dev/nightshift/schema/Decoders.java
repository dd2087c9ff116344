package dev.nightshift.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what would carry the journal's rows out of this database.
 *
 * <p>A subscriber that does not have the journal's tables stops applying with the first row, keeps the publisher's WAL
 * for ever and misses everything that comes after.
 */
final class Decoders {

    private static final String PUBLICATIONS =
            "SELECT 'publication ' || quote_ident(pubname) || ' FOR ALL TABLES' FROM pg_publication WHERE puballtables"
                    + " UNION SELECT 'publication ' || quote_ident(pubname) || ' with tables of schema nightshift'"
                    + " FROM pg_publication_tables WHERE schemaname = 'nightshift'";

    /** PostgreSQL 15 and later; there an empty schema can be published already. */
    private static final String SCHEMA_PUBLICATIONS =
            " UNION SELECT 'publication ' || quote_ident(p.pubname) || ' with tables of schema nightshift'"
                    + " FROM pg_publication_namespace pn JOIN pg_publication p ON p.oid = pn.pnpubid"
                    + " JOIN pg_namespace n ON n.oid = pn.pnnspid WHERE n.nspname = 'nightshift'";

    /** pgoutput and pglogical send only what was chosen; the others (wal2json, decoderbufs …) send every table. */
    private static final String SLOTS =
            " UNION SELECT 'slot ' || slot_name || ' (' || plugin || ', every table)' FROM pg_replication_slots"
                    + " WHERE slot_type = 'logical' AND database = current_database() AND NOT temporary"
                    + " AND (plugin NOT IN ('pgoutput', 'pglogical_output')"
                    + " OR plugin = 'pgoutput' AND NOT EXISTS (SELECT FROM pg_publication)) ORDER BY 1";

    private static final int WITH_SCHEMA_PUBLICATIONS = 15;

    private Decoders() {}

    /** In words, such as {@code publication all_of_it FOR ALL TABLES}; empty when nothing is in the way. */
    static List<String> find(Connection session) throws SQLException {
        boolean schemas = session.getMetaData().getDatabaseMajorVersion() >= WITH_SCHEMA_PUBLICATIONS;
        List<String> found = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(PUBLICATIONS + (schemas ? SCHEMA_PUBLICATIONS : "") + SLOTS)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }
}
