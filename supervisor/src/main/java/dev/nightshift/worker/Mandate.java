package dev.nightshift.worker;

import dev.nightshift.run.Claim;

/** What a claim was taken for. */
public enum Mandate {
    /** The steps of the plan: nothing is written without a live permit. */
    WORK("r.state IN ('backup', 'working', 'holding')"),
    /** The abort plan, after the permit was revoked for good. */
    ABORT("r.state = 'aborting'");

    private final String wanted;

    Mandate(String wanted) {
        this.wanted = wanted;
    }

    /** A condition over the run's row {@code r}: whether its state wants somebody with this mandate. */
    public String wanted() {
        return wanted;
    }

    /** A condition that holds while something may be written. */
    public String permitted(Claim claim) {
        return this == ABORT
                ? "true"
                : "EXISTS (SELECT FROM nightshift.permits p WHERE p.run_id = '" + claim.run()
                        + "' AND NOT p.revoked AND p.valid_until > clock_timestamp())";
    }

    /** The role in a session's name; the sessions of an abort plan can be told from those of the work. */
    public String role(String role) {
        return this == ABORT ? "abort-" + role : role;
    }
}
