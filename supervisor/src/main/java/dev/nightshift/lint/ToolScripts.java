package dev.nightshift.lint;

import dev.nightshift.plan.ExternalStep;
import java.util.Optional;

/** What tools of other people say that they would run. */
@FunctionalInterface
public interface ToolScripts {

    /**
     * Asks the command under the step's {@code sql}.
     *
     * @return empty when only a database could tell, and there is none
     * @throws Unreadable when it does not answer
     */
    Optional<String> of(ExternalStep step);
}
