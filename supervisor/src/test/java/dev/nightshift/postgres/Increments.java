package dev.nightshift.postgres;

import dev.nightshift.sandbox.Await;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** An application that counts rows of {@code public.t} up all the time: {@code v}, and {@code inc} to tell how often. */
final class Increments implements AutoCloseable {

    private final AtomicLong done = new AtomicLong();
    private final CompletableFuture<Void> writing;
    private volatile boolean stopped;

    private Increments(Stage stage, int rows) {
        this.writing = CompletableFuture.runAsync(() -> write(stage, new Random(rows), rows));
    }

    static Increments start(Stage stage, int rows) {
        return new Increments(stage, rows);
    }

    private void write(Stage stage, Random random, int rows) {
        try (Connection app = stage.database.connect("shop-api");
                PreparedStatement one =
                        app.prepareStatement("UPDATE public.t SET v = v + 1, inc = inc + 1 WHERE id = ?")) {
            while (!stopped) {
                one.setInt(1, 1 + random.nextInt(rows));
                done.addAndGet(one.executeUpdate());
            }
        } catch (SQLException e) {
            throw new AssertionError("an application must never fail because of a walk", e);
        }
    }

    void await(long more) {
        long from = done.get();
        Await.until(
                more + " increments",
                Duration.ofSeconds(30),
                () -> writing.isCompletedExceptionally() || done.get() >= from + more);
    }

    @Override
    public void close() {
        stopped = true;
        writing.join();
    }
}
