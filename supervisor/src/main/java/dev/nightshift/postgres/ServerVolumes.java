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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Free space of the volumes with the server's data and WAL, where this process runs on the server's machine. */
public final class ServerVolumes implements SideSensors {

    private static final String BOTH = "data and WAL";

    /** A failover may move it. */
    private static final long ASKS_AGAIN = Duration.ofMinutes(1).toNanos();

    private final Vertx vertx;
    private final PgLine line;
    private final LongSupplier nanos;
    private volatile @Nullable Where where;

    /** Where the server keeps its data, if that can be seen from here. */
    private record Where(Optional<Path> directory, long askedAt) {}

    public ServerVolumes(Vertx vertx, PgLine line, LongSupplier nanos) {
        this.vertx = vertx;
        this.line = line;
        this.nanos = nanos;
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
        long now = nanos.getAsLong();
        Where known = where;
        Future<Where> asked = known != null && now - known.askedAt() < ASKS_AGAIN
                ? Future.succeededFuture(known)
                : line.ask("asking where the data is", "SELECT " + ServerDisk.COLUMNS, Tuple.tuple())
                        .map(rows -> new Where(directory(rows.iterator().next()), now))
                        .onSuccess(told -> where = told);
        return asked.compose(told -> told.directory().isEmpty()
                ? Future.succeededFuture(new Seen(List.of(), List.of()))
                : vertx.<Seen>executeBlocking(
                        () -> new Seen(List.of(), readings(told.directory().get())), false));
    }

    private static Optional<Path> directory(Row row) {
        return Optional.ofNullable(row.getString("data_directory"))
                .filter(path -> row.getBoolean("same_host"))
                .map(Path::of);
    }

    private static List<Reading> readings(Path data) throws IOException {
        List<Reading> readings = new ArrayList<>();
        Path wal = data.resolve("pg_wal");
        if (Files.isDirectory(data)) {
            FileStore store = Files.getFileStore(data);
            boolean apart = Files.isDirectory(wal) && !Files.getFileStore(wal).equals(store);
            add(readings, apart ? "data" : BOTH, store);
            if (apart) {
                add(readings, "WAL", Files.getFileStore(wal));
            }
        }
        return readings;
    }

    /** The server is on this machine, and so is its clock. */
    private static void add(List<Reading> readings, String subject, FileStore store) throws IOException {
        Instant now = Instant.now();
        readings.add(Reading.of(Reading.DISK_FREE, subject, (double) store.getUsableSpace(), now));
        readings.add(Reading.of(Reading.DISK_SIZE, subject, (double) store.getTotalSpace(), now));
    }
}
