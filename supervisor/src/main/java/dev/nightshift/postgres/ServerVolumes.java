package dev.nightshift.postgres;

import dev.nightshift.drive.SideSensors;
import dev.nightshift.guards.reading.Reading;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Free space of the volumes with the server's data and WAL, where this process runs on the server's machine. */
public final class ServerVolumes implements SideSensors {

    private static final String WHERE = """
            SELECT clock_timestamp() AS at,
                (SELECT s.setting FROM pg_settings s WHERE s.name = 'data_directory') AS directory,
                inet_server_addr() IS NULL OR inet_server_addr() = inet_client_addr() AS here""";

    private static final String BOTH = "data and WAL";

    private final Vertx vertx;
    private final PgLine line;

    public ServerVolumes(Vertx vertx, PgLine line) {
        this.vertx = vertx;
        this.line = line;
    }

    @Override
    public String signal() {
        return Reading.DISK_FREE;
    }

    @Override
    public String subject() {
        return BOTH;
    }

    /** Reads nothing where the server is on another machine, or its directory is hidden from its role or from this user. */
    @Override
    public Future<Seen> read() {
        return line.ask("asking where the data is", WHERE, Tuple.tuple()).compose(rows -> {
            Row row = rows.iterator().next();
            String directory = row.getString("directory");
            Instant at = row.getOffsetDateTime("at").toInstant();
            return directory == null || !row.getBoolean("here")
                    ? Future.succeededFuture(new Seen(List.of(), List.of()))
                    : vertx.<Seen>executeBlocking(() -> new Seen(List.of(), readings(Path.of(directory), at)), false);
        });
    }

    private static List<Reading> readings(Path data, Instant at) throws IOException {
        List<Reading> readings = new ArrayList<>();
        Path wal = data.resolve("pg_wal");
        if (Files.isDirectory(data)) {
            FileStore store = Files.getFileStore(data);
            boolean apart = Files.isDirectory(wal) && !Files.getFileStore(wal).equals(store);
            add(readings, apart ? "data" : BOTH, store, at);
            if (apart) {
                add(readings, "WAL", Files.getFileStore(wal), at);
            }
        }
        return readings;
    }

    private static void add(List<Reading> readings, String subject, FileStore store, Instant at) throws IOException {
        readings.add(Reading.of(Reading.DISK_FREE, subject, (double) store.getUsableSpace(), at));
        readings.add(Reading.of(Reading.DISK_SIZE, subject, (double) store.getTotalSpace(), at));
    }
}
