package dev.nightshift.drive;

import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Holder;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Unclear;
import java.util.Locale;

/** The line of history that tells a person of an event and of the state it led to. */
final class Sentences {

    private Sentences() {}

    static Event of(RunEvent event, RunState next) {
        if (event instanceof RunEvent.Held held) {
            Holder holder = held.holder();
            return new Event("held", word(holder.kind()), by(holder) + holder.reason());
        }
        if (event instanceof RunEvent.Released released) {
            String still = next.holders().isEmpty() ? "" : "; still held by " + next.holders();
            return new Event("released", word(released.holder()), "by " + released.by() + still);
        }
        if (event instanceof RunEvent.WorkerLost lost) {
            return new Event("worker-lost", "", lost.how() + "; a new worker goes on from the journal");
        }
        if (event instanceof RunEvent.Promoted promoted) {
            return new Event("promoted", next.word(), promoted.how() + "; everything is looked at anew there");
        }
        return new Event("state", next.word(), message(event, next));
    }

    private static String message(RunEvent event, RunState next) {
        if (event instanceof RunEvent.TakenOver) {
            return "taken over";
        }
        if (event instanceof RunEvent.WindowClosed closed) {
            return closed.why();
        }
        if (next instanceof Aborting aborting) {
            return aborting.cause().by() + ": " + aborting.cause().reason();
        }
        if (next instanceof Failed failed) {
            return failed.failure().explanation().what();
        }
        if (next instanceof Unclear unclear) {
            return unclear.question();
        }
        if (next instanceof AbortIncomplete incomplete) {
            return "left to do: " + String.join("; ", incomplete.left());
        }
        return event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String by(Holder holder) {
        return holder.kind() == Holder.Kind.OPERATOR || holder.kind() == Holder.Kind.ALERT ? holder.by() + ": " : "";
    }

    private static String word(Holder.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
