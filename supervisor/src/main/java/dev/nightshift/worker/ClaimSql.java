package dev.nightshift.worker;

import dev.nightshift.run.Claim;

/**
 * The questions by which a session makes sure that its claim is still the run's own: one row when it is, none when
 * another worker or an abort took over. The values are of checked forms and need no escaping.
 */
public final class ClaimSql {

    private ClaimSql() {}

    /** For the first statement of each new session of a worker. */
    public static String check(Claim claim) {
        return "SELECT c.epoch FROM nightshift.claims c WHERE " + own(claim);
    }

    /**
     * For the first statement of a transaction that changes anything: whoever takes over waits for its end.
     *
     * <p>It also asks for a live permit, without which nothing may be written.
     */
    public static String lock(Claim claim) {
        return "SELECT c.epoch FROM nightshift.claims c WHERE " + own(claim) + " AND " + permitted(claim)
                + " FOR UPDATE OF c";
    }

    /** A condition that holds while the run has a live permit. */
    public static String permitted(Claim claim) {
        return "EXISTS (SELECT FROM nightshift.permits p WHERE p.run_id = '" + claim.run()
                + "' AND NOT p.revoked AND p.valid_until > clock_timestamp())";
    }

    private static String own(Claim claim) {
        return "c.run_id = '" + claim.run() + "' AND c.lane = 0 AND c.epoch = " + claim.epoch() + " AND c.token = '"
                + claim.token() + "'";
    }
}
