package dev.nightshift.guards;

import dev.nightshift.guards.reading.BlockedSession;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.OwnSession;
import dev.nightshift.guards.reading.Reading;
import dev.nightshift.guards.reading.ReplicaRow;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.ServerIdentity;
import dev.nightshift.guards.reading.SlotRow;
import dev.nightshift.guards.reading.WalPositions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A primary and its standbys as numbers that a test moves by hand; it answers with samples. */
public final class World {
    public static final long MB = 1_000_000;
    public static final ServerIdentity PRIMARY = new ServerIdentity("7301", 1, 16384, "10.0.0.1:5432", false);

    public Instant now = Instant.parse("2026-03-01T02:00:00Z");
    public long nanos = 1_000_000_000_000L;
    public long position = 5L << 30;
    public ServerIdentity server = PRIMARY;
    public final List<Standby> standbys = new ArrayList<>();
    public final List<SlotRow> slots = new ArrayList<>();
    public final List<BlockedSession> blocked = new ArrayList<>();
    public final List<OwnSession> own = new ArrayList<>();
    public final List<Reading> readings = new ArrayList<>();

    /** A standby whose every column a test may set. */
    public static final class Standby {
        public String name;
        public @Nullable String address = "10.0.0.2";
        public @Nullable String slot;
        public @Nullable String state = "streaming";
        public @Nullable Lsn replayed;
        public @Nullable Lsn flushed;
        public @Nullable Duration replyAge = Duration.ofMillis(10);
        public @Nullable Instant backendStart = Instant.parse("2026-03-01T01:00:00Z");
        public boolean connected = true;
        public @Nullable String upstream;

        Standby(String name, @Nullable Lsn reached) {
            this.name = name;
            this.replayed = reached;
            this.flushed = reached;
        }

        public void reaches(@Nullable Lsn position) {
            replayed = position;
            flushed = position;
        }
    }

    public Standby standby(String name) {
        Standby standby = new Standby(name, new Lsn(position));
        standbys.add(standby);
        return standby;
    }

    /** Both clocks move. */
    public World passes(double seconds) {
        long step = Math.round(seconds * 1e9);
        now = now.plusNanos(step);
        nanos += step;
        return this;
    }

    public World writes(long bytes) {
        position += bytes;
        return this;
    }

    public World keepsUp(Standby... ones) {
        for (Standby one : ones) {
            one.reaches(new Lsn(position));
        }
        return this;
    }

    public Sample sample() {
        List<ReplicaRow> rows =
                standbys.stream().filter(one -> one.connected).map(World::row).toList();
        return new Sample(now, nanos, new Lsn(position), server, rows, slots, blocked, own, readings);
    }

    private static ReplicaRow row(Standby one) {
        return new ReplicaRow(
                one.name,
                one.address,
                one.slot,
                one.state,
                "async",
                new WalPositions(one.flushed, one.flushed, one.flushed, one.replayed),
                one.replyAge,
                one.backendStart,
                one.upstream);
    }
}
