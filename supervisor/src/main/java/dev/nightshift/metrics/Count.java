package dev.nightshift.metrics;

import java.util.concurrent.atomic.DoubleAdder;

/** A counter that can begin where the journal says it is, and is never set back. */
final class Count {

    private final DoubleAdder value = new DoubleAdder();

    void add(double amount) {
        value.add(amount);
    }

    void atLeast(long journaled) {
        value.add(Math.max(0, (double) journaled - value.sum()));
    }

    double value() {
        return value.sum();
    }
}
