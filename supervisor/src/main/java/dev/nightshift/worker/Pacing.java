package dev.nightshift.worker;

import dev.nightshift.guards.pace.Allowance;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** How fast a walk may write, and who is told that it gets on. */
interface Pacing {

    /** A permit says it; the database refuses a batch without one. */
    Pacing PERMITTED = new Pacing() {
        @Override
        public Allowance now(OptionalLong walRate) {
            return walRate.isPresent() ? Allowance.of((double) walRate.getAsLong()) : Allowance.UNLIMITED;
        }

        @Override
        public void moved() {}
    };

    /** An abort plan has no permit: the guards of the supervisor that carries it out say it, and they are asked here. */
    static Pacing guarded(Supplier<Allowance> guards, Deadline deadline) {
        return new Pacing() {
            @Override
            public Allowance now(OptionalLong walRate) {
                return guards.get();
            }

            @Override
            public void moved() {
                deadline.again();
            }
        };
    }

    /** @param walRate what the permit says, as far as there is one */
    Allowance now(OptionalLong walRate);

    /** A batch is committed. */
    void moved();
}
