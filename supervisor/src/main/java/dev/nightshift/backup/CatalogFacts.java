package dev.nightshift.backup;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.plan.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * What the database says just before a dump begins.
 *
 * @param system identifier of the cluster and oid of the database: {@code 7301…/16384}
 * @param serverVersion as the server prints it: {@code 15.18}
 * @param lsn the end of the WAL; the dump's snapshot is not older
 * @param at this instant by the database's clock
 * @param tables what is to be dumped, partitions included, ordered by name
 * @param missing tables that were asked for and are not there
 */
public record CatalogFacts(
        String system,
        int serverMajor,
        String serverVersion,
        Lsn lsn,
        Instant at,
        List<DumpedTable> tables,
        List<TableName> missing) {

    public CatalogFacts {
        tables = tables.stream()
                .sorted(Comparator.comparing(table -> table.name().toString()))
                .toList();
        missing = List.copyOf(missing);
    }

    /** Heap and TOAST of all tables. */
    public ByteSize size() {
        return new ByteSize(
                tables.stream().mapToLong(table -> table.size().bytes()).sum());
    }

    /** Changes with every change of a definition, and with nothing else. */
    public String hash() {
        MessageDigest digest = sha256();
        for (DumpedTable table : tables) {
            digest.update((table.name() + " " + table.hash() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
