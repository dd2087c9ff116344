package dev.nightshift.worker;

import dev.nightshift.run.Claim;

/**
 * The questions by which a session makes sure that its claim is still the run's own. The values are of checked forms
 * and need no escaping.
 */
final class ClaimSql {

    private ClaimSql() {}

    static String check(Claim claim) {
        return "SELECT c.epoch FROM nightshift.claims c WHERE " + own(claim);
    }

    static String lock(Claim claim, Mandate mandate) {
        return "SELECT c.epoch FROM nightshift.claims c WHERE " + own(claim) + " AND " + mandate.permitted(claim)
                + " FOR UPDATE OF c";
    }

    private static String own(Claim claim) {
        return "c.run_id = '" + claim.run() + "' AND c.lane = 0 AND c.epoch = " + claim.epoch() + " AND c.token = '"
                + claim.token() + "'";
    }
}
