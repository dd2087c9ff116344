package dev.nightshift.drive;

import dev.nightshift.run.Move;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Transient;
import io.vertx.core.Future;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where the run stands and how it goes on: the state answers an event with a move, the move is written to the journal,
 * and only then are its effects handed over. What has happened once waits here until it is written, however often the
 * database is away meanwhile.
 */
final class Course {

    private final Journal journal;
    private final Announcer announcer;
    private final Queue<RunEvent> due = new ConcurrentLinkedQueue<>();
    private @Nullable Effects effects;
    private RunRecord run;
    private @Nullable Unanswered unanswered;

    /** A move that was sent to the journal and whose answer did not come. */
    private record Unanswered(Move move, Event line) {}

    Course(RunRecord run, Journal journal, Announcer announcer) {
        this.run = run;
        this.journal = journal;
        this.announcer = announcer;
    }

    /** Who carries the effects out; they answer with events, so that neither can be made before the other. */
    void handTo(Effects carriedOutBy) {
        effects = carriedOutBy;
    }

    RunRecord run() {
        return run;
    }

    /** The journal is older than what is remembered: a promoted standby had not received all of it. */
    void goBackTo(RunRecord stored) {
        run = stored;
    }

    /** Something that happened and will not be seen again; may be told from any thread. */
    void owe(RunEvent event) {
        due.add(event);
    }

    /** Looks whether the last move was written after all. */
    Future<Void> settle() {
        Unanswered open = unanswered;
        if (open == null) {
            return Future.succeededFuture();
        }
        return journal.load(run.id()).map(stored -> {
            unanswered = null;
            boolean written = stored.moves() == run.moves() + 1
                    && stored.state().word().equals(open.move().next().word());
            if (written) {
                moved(run.moved(open.move().next()), open.move(), open.line());
            }
            return null;
        });
    }

    /** Applies what is due, each until it is written. */
    Future<Void> applyDue() {
        RunEvent event = due.peek();
        return event == null
                ? Future.succeededFuture()
                : apply(event).compose(v -> {
                    due.remove();
                    return applyDue();
                });
    }

    /** Applies what is seen again at the next tick if it cannot be written now. */
    Future<Void> applyAll(List<RunEvent> events) {
        Future<Void> all = Future.succeededFuture();
        for (RunEvent event : events) {
            all = all.compose(v -> apply(event));
        }
        return all;
    }

    Future<Void> apply(RunEvent event) {
        Move move = run.state().on(event);
        Event line = Sentences.of(event, move.next());
        if (!move.next().equals(run.state())) {
            return journal.move(run, move.next(), line)
                    .onFailure(failure -> unanswered = failure instanceof Transient ? new Unanswered(move, line) : null)
                    .map(now -> moved(now, move, line));
        }
        return move.effects().isEmpty()
                ? Future.succeededFuture()
                : journal.note(run.id(), line).map(v -> moved(run, move, line));
    }

    private @Nullable Void moved(RunRecord now, Move move, Event line) {
        run = now;
        announcer.happened(run, line);
        if (effects != null) {
            effects.add(move.effects());
        }
        return null;
    }
}
