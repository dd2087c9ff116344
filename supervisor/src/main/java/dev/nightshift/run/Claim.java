package dev.nightshift.run;

import java.util.UUID;

/**
 * A worker's right to work on a run: an epoch that grows with each take-over, and a random token, because an epoch can
 * be given out twice when a failover loses the first claim.
 */
public record Claim(RunId run, long epoch, UUID token) {

    public Claim {
        if (epoch < 1) {
            throw new IllegalArgumentException("expected an epoch of 1 or more, found " + epoch);
        }
    }

    /** The application_name of a session that works under this claim, known to the server from its first packet. */
    public String sessionName(String role) {
        return sessionPrefix(run) + epoch + "/" + role;
    }

    /** What the application_name of every session of a run's workers begins with. */
    public static String sessionPrefix(RunId run) {
        return "nightshift/" + run + "/";
    }
}
