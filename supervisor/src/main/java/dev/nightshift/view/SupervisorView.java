package dev.nightshift.view;

import java.time.Instant;

/** Who holds, or held, the lease of the database, and until when by the database's clock. */
public record SupervisorView(String holder, Instant expiresAt) {

    public boolean alive(Instant now) {
        return expiresAt.isAfter(now);
    }
}
