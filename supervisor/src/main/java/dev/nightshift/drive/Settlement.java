package dev.nightshift.drive;

import dev.nightshift.queue.Approvals;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunState;
import java.util.Optional;

/**
 * What a command does to a run that waits in the queue: nobody supervises it, so whoever sees the command settles it.
 *
 * @param next the run's state then
 * @param line of the run's history; empty where nothing changes
 * @param outcome what the person is told
 * @param approved whether the command counts as an approval
 */
public record Settlement(RunState next, Optional<Event> line, String outcome, boolean approved) {

    /**
     * @param wanted how many people have to approve the plan
     * @param planHash what is approved
     */
    public static Settlement of(Intent intent, RunState before, Approvals approvals, int wanted, String planHash) {
        if (intent.kind() == Intent.Kind.APPROVE) {
            return approve(intent, before, approvals, wanted, planHash);
        }
        RunEvent event = Commands.event(intent).orElseThrow();
        RunState next = before.on(event).next();
        Optional<Event> line = next.equals(before) ? Optional.empty() : Optional.of(Sentences.of(event, next));
        return new Settlement(next, line, outcome(intent, before, next), false);
    }

    /** A run in the queue does not go on when nothing keeps it: its turn has to come. */
    private static String outcome(Intent intent, RunState before, RunState next) {
        return intent.kind() == Intent.Kind.RESUME && next.holders().isEmpty()
                ? "waits for its turn"
                : Commands.outcome(intent, before, next);
    }

    private static Settlement approve(
            Intent intent, RunState before, Approvals approvals, int wanted, String planHash) {
        Optional<String> refused = refused(intent, approvals, wanted);
        if (refused.isPresent()) {
            return new Settlement(before, Optional.empty(), refused.get(), false);
        }
        Optional<Holder> missing = approvals.with(intent.by()).missing(wanted, planHash);
        RunEvent event = missing.<RunEvent>map(RunEvent.Held::new)
                .orElseGet(() -> new RunEvent.Released(Holder.Kind.APPROVAL, intent.by()));
        RunState next = before.on(event).next();
        return new Settlement(next, Optional.of(Sentences.of(event, next)), approved(missing), true);
    }

    static String approved(Optional<Holder> missing) {
        return missing.map(holder -> "approved; " + holder.reason()).orElse("approved");
    }

    /** Why an approval does not count; empty when it does. */
    static Optional<String> refused(Intent intent, Approvals approvals, int wanted) {
        if (wanted == 0) {
            return Optional.of("nothing to do: its plan asks for no approval");
        }
        return Approvals.samePerson(intent.by(), approvals.submitter())
                ? Optional.of("not approved: " + Approvals.person(intent.by())
                        + " submitted it, and somebody else has to approve it")
                : Optional.empty();
    }
}
