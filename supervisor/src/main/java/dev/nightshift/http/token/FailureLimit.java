package dev.nightshift.http.token;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Counts how often each address was wrong; one that is wrong too often has to wait. Who has a good token is never kept
 * waiting: behind one address there may be an alert that must get through and somebody else's old script.
 */
public final class FailureLimit {

    private static final int MOST = 10;
    private static final long PERIOD = Duration.ofMinutes(1).toNanos();
    private static final int MOST_ADDRESSES = 10_000;

    private final LongSupplier nanos;
    private final Map<String, Failures> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private record Failures(long since, int count) {}

    public FailureLimit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Counts one; how long the address has to wait when it was one too many. */
    public Optional<Duration> failed(String address) {
        long now = nanos.getAsLong();
        Failures before = byAddress.get(address);
        boolean fresh = before == null || now - before.since() >= PERIOD;
        Failures after = before == null || fresh
                ? new Failures(now, 1)
                : new Failures(before.since(), Math.min(before.count() + 1, MOST + 1));
        byAddress.put(address, after);
        return after.count() > MOST ? Optional.of(Duration.ofNanos(after.since() + PERIOD - now)) : Optional.empty();
    }
}
