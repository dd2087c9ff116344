package dev.nightshift.worker;

import dev.nightshift.run.Claim;
import dev.nightshift.run.RunId;
import java.util.Optional;

/** Takes a run over. */
public interface Claims {

    /**
     * Raises the epoch and returns when no session of an older one is left, so that nothing but this claim works on the
     * run; empty when the run does not want anybody with this mandate now.
     *
     * @throws dev.nightshift.run.Trouble when the database cannot be reached or the sessions do not end
     */
    Optional<Claim> take(RunId run, Mandate mandate);
}
