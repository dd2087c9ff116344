package dev.nightshift.bench.measure;

import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.SandboxFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Ten times a second, over connections of its own, the position of the primary and of one standby, until it is closed. */
public final class Sampler implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String WRITTEN = "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint";
    private static final String REPLAYED = "SELECT (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint";

    private final Connection primary;
    private final Connection standby;
    private final List<Sample> samples = new ArrayList<>();
    private final Thread thread = new Thread(this::watch, "lag sampler");
    private volatile boolean closed;
    private volatile @Nullable SQLException failure;

    private Sampler(Connection primary, Connection standby) {
        this.primary = primary;
        this.standby = standby;
        thread.setDaemon(true);
    }

    public static Sampler start(Cluster cluster, String standby) throws SQLException {
        Sampler sampler = new Sampler(
                cluster.primary().superuser().connect("bench sampler"),
                cluster.standby(standby).superuser().connect("bench sampler"));
        sampler.sample();
        sampler.thread.start();
        return sampler;
    }

    public static long now() {
        return micros(Instant.now());
    }

    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** All so far. */
    public LagTrace trace() {
        SQLException seen = failure;
        if (seen != null) {
            throw new SandboxFailed("the lag can be seen no more: " + seen.getMessage(), seen);
        }
        synchronized (samples) {
            return new LagTrace(samples);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
            primary.close();
            standby.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            // Closed is what was wanted.
        }
    }

    private void watch() {
        try (PreparedStatement written = primary.prepareStatement(WRITTEN);
                PreparedStatement replayed = standby.prepareStatement(REPLAYED)) {
            while (!closed) {
                sample(written, replayed);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    private void sample() throws SQLException {
        try (PreparedStatement written = primary.prepareStatement(WRITTEN);
                PreparedStatement replayed = standby.prepareStatement(REPLAYED)) {
            sample(written, replayed);
        }
    }

    /** The standby first: what the primary writes between the two answers makes the lag larger, never smaller. */
    private void sample(PreparedStatement written, PreparedStatement replayed) throws SQLException {
        long there = number(replayed);
        long here = number(written);
        synchronized (samples) {
            samples.add(new Sample(now(), here, there));
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
