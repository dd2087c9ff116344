package dev.nightshift.announce;

import dev.nightshift.plan.Happening;
import dev.nightshift.plan.Receiver;
import dev.nightshift.run.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * An event of the journal of which it is not yet settled what a receiver is told.
 *
 * @param id its number in the journal
 * @param state the run's, after it; empty where the event does not say
 */
public record Occurrence(long id, RunId run, Instant at, Happening happening, String state) {

    private static final String HOLDING = "holding";

    /**
     * What a line of a run's history is, to whoever is told; empty for what nobody is told.
     *
     * @param backup whether the run failed because of its backup
     */
    public static Optional<Happening> of(String kind, String subject, String message, boolean backup) {
        if (kind.equals("state")) {
            if (message.equals("taken over")) {
                return Optional.of(Happening.TAKEN_OVER);
            }
            return Happening.called(subject)
                    .map(state -> state == Happening.FAILED && backup ? Happening.BACKUP_FAILED : state);
        }
        return kind.equals("held") && subject.equals("approval")
                ? Optional.of(Happening.APPROVAL)
                : Happening.called(kind).filter(one -> one.compareTo(Happening.HELD) >= 0);
    }

    boolean isWantedBy(Receiver receiver) {
        return switch (happening) {
            case BACKUP_FAILED ->
                receiver.on().contains(happening) || receiver.on().contains(Happening.FAILED);
            case APPROVAL -> receiver.on().contains(happening) || receiver.on().contains(Happening.HELD);
            default -> receiver.on().contains(happening);
        };
    }

    boolean beginsHold() {
        return happening == Happening.HELD && state.equals(HOLDING);
    }

    boolean endsHold() {
        return !state.isEmpty() && !state.equals(HOLDING);
    }
}
