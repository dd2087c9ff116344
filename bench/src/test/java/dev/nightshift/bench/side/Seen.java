package dev.nightshift.bench.side;

import dev.nightshift.bench.measure.Spread;
import dev.nightshift.bench.policy.PolicyKind;
import dev.nightshift.bench.side.Outcome.Figures;
import dev.nightshift.bench.side.Outcome.LagFigures;
import dev.nightshift.bench.side.Outcome.Times;
import dev.nightshift.sandbox.LoadReport;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;

/** Figures as a good run of the heap walk has them, and others with one thing changed. */
record Seen(
        double caughtUp,
        long wal,
        double growth,
        double hot,
        double lag,
        long p99Millis,
        double turns,
        long once,
        long aloneMillis) {

    static final Seen GOOD = new Seen(100, 1_000_000_000, 1.2, 0.8, 2, 12, 0, 1_000, 10);

    Seen caughtUp(double seconds) {
        return new Seen(seconds, wal, growth, hot, lag, p99Millis, turns, once, aloneMillis);
    }

    Seen wal(long bytes) {
        return new Seen(caughtUp, bytes, growth, hot, lag, p99Millis, turns, once, aloneMillis);
    }

    Seen growth(double factor) {
        return new Seen(caughtUp, wal, factor, hot, lag, p99Millis, turns, once, aloneMillis);
    }

    Seen hot(double share) {
        return new Seen(caughtUp, wal, growth, share, lag, p99Millis, turns, once, aloneMillis);
    }

    Seen lag(double seconds) {
        return new Seen(caughtUp, wal, growth, hot, seconds, p99Millis, turns, once, aloneMillis);
    }

    Seen p99Millis(long millis) {
        return new Seen(caughtUp, wal, growth, hot, lag, millis, turns, once, aloneMillis);
    }

    Seen turns(double perMinute) {
        return new Seen(caughtUp, wal, growth, hot, lag, p99Millis, perMinute, once, aloneMillis);
    }

    Seen once(long rows) {
        return new Seen(caughtUp, wal, growth, hot, lag, p99Millis, turns, rows, aloneMillis);
    }

    Seen aloneMillis(long millis) {
        return new Seen(caughtUp, wal, growth, hot, lag, p99Millis, turns, once, millis);
    }

    Outcome by(PolicyKind policy) {
        LagFigures behind = new LagFigures(new Spread(lag / 2, lag, lag), new Spread(0, 1 << 20, 2 << 20), 0);
        return Outcome.of(
                policy,
                new Figures(
                        1_000,
                        once,
                        new Times(1, caughtUp - 1, caughtUp, caughtUp),
                        wal,
                        OptionalDouble.of(caughtUp * 10_000_000 / wal),
                        growth,
                        1,
                        hot,
                        behind,
                        load(aloneMillis),
                        load(p99Millis),
                        50,
                        turns,
                        10));
    }

    private static LoadReport load(long millis) {
        Duration p99 = Duration.ofMillis(millis);
        return new LoadReport(Duration.ofSeconds(60), 12_000, Map.of(), p99, p99, p99, p99);
    }
}
