package dev.nightshift.worker;

import dev.nightshift.run.Claim;

/**
 * One attempt at a piece of work.
 *
 * @param activity told what is going on
 * @param stop when asked, the work ends its processes and statements and throws {@link dev.nightshift.run.Transient}
 */
public record Attempt(Claim claim, Mandate mandate, Activity activity, StopSignal stop) {

    /** The application_name of a session of this attempt. */
    public String sessionName(String role) {
        return claim.sessionName(mandate.role(role));
    }

    /** The first statement of each new session: no row means that another worker or an abort took over. */
    public String checkSql() {
        return ClaimSql.check(claim);
    }

    /**
     * The first statement of a transaction that changes anything: whoever takes over waits for its end. No row means
     * that another worker or an abort took over, or that there is no live permit.
     */
    public String lockSql() {
        return ClaimSql.lock(claim, mandate);
    }
}
