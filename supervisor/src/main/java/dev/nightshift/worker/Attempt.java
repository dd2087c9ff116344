package dev.nightshift.worker;

import dev.nightshift.run.Claim;

/**
 * One attempt at a piece of work.
 *
 * @param claim names each session of the attempt ({@link Claim#sessionName}) and is checked by {@link ClaimSql} before
 *     the first statement of each session
 * @param activity told what is going on
 * @param stop when asked, the work ends its processes and statements and throws {@link dev.nightshift.run.Transient}
 */
public record Attempt(Claim claim, Activity activity, StopSignal stop) {}
