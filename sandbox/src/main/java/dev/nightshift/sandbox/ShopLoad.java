package dev.nightshift.sandbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * What a shop's application does all day to {@code public.orders}, at a fixed rate over a few connections; it goes on
 * through errors and lost connections, and never changes {@code touched}.
 */
public final class ShopLoad implements AutoCloseable {
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(50);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Login login;
    private final LoadSettings settings;
    private final long orders;
    private final long begin = System.nanoTime();
    private final AtomicLong next = new AtomicLong();
    private final List<Thread> threads;
    private volatile boolean closed;
    private volatile Tally tally = new Tally();

    private ShopLoad(Login login, LoadSettings settings) {
        this.login = login;
        this.settings = settings;
        this.orders = login.number("SELECT coalesce(max(id), 1) FROM public.orders");
        this.threads = IntStream.range(0, settings.connections())
                .mapToObj(i -> new Thread(() -> work(new Random(settings.seed() * 1_000 + i)), "shop load " + i))
                .toList();
    }

    public static ShopLoad start(Login login, LoadSettings settings) {
        ShopLoad load = new ShopLoad(login, settings);
        load.threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
        return load;
    }

    /** Since the start, or since the last {@link #startOver}. */
    public LoadReport report() {
        return tally.report();
    }

    /** Answers the report so far and begins a new one. */
    public LoadReport startOver() {
        Tally old = tally;
        tally = new Tally();
        return old.report();
    }

    /** Ends the load after the operations under way; its report can still be read. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(LockSupport::unpark);
        try {
            // One that hangs on a frozen link is a daemon and ends with the link.
            for (Thread thread : threads) {
                thread.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Random random) {
        try (ShopSession session = new ShopSession(login, settings, orders, random)) {
            while (!closed) {
                long due = begin + Math.round(next.getAndIncrement() * 1e9 / settings.perSecond());
                if (pauseUntil(due)) {
                    once(session, due);
                }
            }
        }
    }

    private void once(ShopSession session, long due) {
        Tally current = tally;
        try {
            session.operate();
            current.latencies.add(Duration.ofNanos(System.nanoTime() - due));
        } catch (SQLException e) {
            current.failed(e);
            session.close();
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
        }
    }

    private boolean pauseUntil(long due) {
        for (long wait = due - System.nanoTime(); wait > 0 && !closed; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
        return !closed;
    }

    /** The counts of one report. */
    private static final class Tally {
        private final long begin = System.nanoTime();
        private final Latencies latencies = new Latencies();
        private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

        void failed(SQLException e) {
            String state = e.getSQLState();
            failures.computeIfAbsent(state == null ? "none" : state, key -> new LongAdder())
                    .increment();
        }

        LoadReport report() {
            Map<String, Long> failed = new HashMap<>();
            failures.forEach((state, count) -> failed.put(state, count.sum()));
            return new LoadReport(
                    Duration.ofNanos(System.nanoTime() - begin),
                    latencies.count(),
                    failed,
                    latencies.quantile(0.50),
                    latencies.quantile(0.95),
                    latencies.quantile(0.99),
                    latencies.longest());
        }
    }
}
