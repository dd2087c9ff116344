package dev.nightshift.backup;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.plan.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a dump holds and what its files must be, written beside them as {@code nightshift-manifest.json}.
 *
 * @param run the run that took it
 * @param system identifier of the cluster and oid of the database
 * @param snapshotLsn not later than the dump's snapshot
 */
public record Manifest(
        String run,
        String planHash,
        String database,
        String system,
        String serverVersion,
        String toolVersion,
        Lsn snapshotLsn,
        Instant startedAt,
        String catalogHash,
        List<DumpedTable> tables,
        List<DumpedFile> files) {

    public static final String NAME = "nightshift-manifest.json";
    private static final long FORMAT = 1;

    public Manifest {
        tables = List.copyOf(tables);
        files = List.copyOf(files);
    }

    /**
     * One file of the archive.
     *
     * @param name relative to the archive's directory
     */
    public record DumpedFile(String name, long bytes, String sha256) {}

    public ByteSize size() {
        return new ByteSize(files.stream().mapToLong(DumpedFile::bytes).sum());
    }

    /** SHA-256 of its text, which the journal keeps. */
    public String hash() {
        MessageDigest digest = CatalogFacts.sha256();
        return HexFormat.of().formatHex(digest.digest(text().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Reads the manifest in a directory.
     *
     * @throws IOException when it is not there
     * @throws IllegalArgumentException when it is no manifest of this program's format
     */
    public static Manifest read(Path directory) throws IOException {
        try {
            return parse(Files.readString(directory.resolve(NAME)));
        } catch (ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("expected a manifest, found other JSON", e);
        }
    }

    String text() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("format", FORMAT);
        map.put("run", run);
        map.put("planHash", planHash);
        map.put("database", database);
        map.put("system", system);
        map.put("serverVersion", serverVersion);
        map.put("toolVersion", toolVersion);
        map.put("snapshotLsn", snapshotLsn.toString());
        map.put("startedAt", startedAt.toString());
        map.put("catalogHash", catalogHash);
        map.put("tables", tables.stream().map(Manifest::map).toList());
        map.put("files", files.stream().map(Manifest::map).toList());
        return Json.write(map);
    }

    private static Map<String, Object> map(DumpedTable table) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("schema", table.name().schema());
        map.put("name", table.name().name());
        map.put("oid", table.oid());
        map.put("rows", table.rows());
        map.put("bytes", table.size().bytes());
        map.put("hash", table.hash());
        return map;
    }

    private static Map<String, Object> map(DumpedFile file) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", file.name());
        map.put("bytes", file.bytes());
        map.put("sha256", file.sha256());
        return map;
    }

    static Manifest parse(String text) {
        Entry entry = new Entry((Map<?, ?>) Json.read(text));
        if (entry.number("format") != FORMAT) {
            throw new IllegalArgumentException("expected format " + FORMAT + ", found " + entry.number("format"));
        }
        return new Manifest(
                entry.text("run"),
                entry.text("planHash"),
                entry.text("database"),
                entry.text("system"),
                entry.text("serverVersion"),
                entry.text("toolVersion"),
                Lsn.parse(entry.text("snapshotLsn")),
                Instant.parse(entry.text("startedAt")),
                entry.text("catalogHash"),
                entry.entries("tables").stream().map(Manifest::table).toList(),
                entry.entries("files").stream().map(Manifest::file).toList());
    }

    private static DumpedTable table(Entry entry) {
        return new DumpedTable(
                new TableName(entry.text("schema"), entry.text("name")),
                entry.number("oid"),
                entry.truth("rows"),
                new ByteSize(entry.number("bytes")),
                entry.text("hash"));
    }

    private static DumpedFile file(Entry entry) {
        String name = entry.text("name");
        if (Path.of(name).isAbsolute() || name.contains("..")) {
            throw new IllegalArgumentException("expected a file of the archive, found " + name);
        }
        return new DumpedFile(name, entry.number("bytes"), entry.text("sha256"));
    }

    /** Casts with the name at hand; a wrong kind ends in {@link #read}. */
    private record Entry(Map<?, ?> map) {

        private Object at(String name) {
            Object value = map.get(name);
            if (value == null) {
                throw new IllegalArgumentException("expected '" + name + "' in the manifest, found none");
            }
            return value;
        }

        String text(String name) {
            return (String) at(name);
        }

        long number(String name) {
            return (Long) at(name);
        }

        boolean truth(String name) {
            return (Boolean) at(name);
        }

        List<Entry> entries(String name) {
            return ((List<?>) at(name))
                    .stream().map(item -> new Entry((Map<?, ?>) item)).toList();
        }
    }
}
