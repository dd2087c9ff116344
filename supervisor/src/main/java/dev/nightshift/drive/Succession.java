package dev.nightshift.drive;

import dev.nightshift.guards.guard.ReplicaSet;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.ServerIdentity;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunRecord;
import io.vertx.core.Future;

/**
 * Notices that another server answers than the one that a run was pinned to. A standby that was promoted under the eyes
 * of this supervisor goes on from the journal it has; of any other server a person decides.
 */
final class Succession {

    private final Ports ports;
    private final GuardWatch guards;
    private final Course course;

    Succession(Ports ports, GuardWatch guards, Course course) {
        this.ports = ports;
        this.guards = guards;
        this.course = course;
    }

    /** Moves the run when the newest sample is of another server; nothing while the pinned one answers, or none does. */
    Future<Void> look(Sample newest) {
        ServerIdentity before = guards.pinned().server();
        ServerIdentity now = newest.server();
        if (before == null
                || now.equals(before)
                || now.inRecovery()
                || course.run().state().isEnd()) {
            return Future.succeededFuture();
        }
        return now.isPromotedFrom(before)
                ? ports.journal().load(course.run().id()).compose(stored -> promoted(stored, words(before, now)))
                : course.apply(new RunEvent.OutcomeNotKnown(
                        words(before, now) + "; is it still the same database, and is what the run did in it?"));
    }

    /**
     * All that the run did before its last move is in a journal that has this move. Each part may be repeated: the lease
     * is taken again so that it names the server where the run goes on.
     */
    private Future<Void> promoted(RunRecord stored, String words) {
        long moves = course.run().moves();
        if (stored.moves() != moves) {
            course.goBackTo(stored);
            return course.apply(new RunEvent.OutcomeNotKnown(words + ", and its journal ends at move " + stored.moves()
                    + " of " + moves + "; what of the run's work was lost with the old primary?"));
        }
        return ports.lease()
                .acquire()
                .compose(answer -> course.apply(new RunEvent.Promoted(words)))
                .onSuccess(v -> guards.pin(ReplicaSet.UNPINNED));
    }

    private static String words(ServerIdentity before, ServerIdentity now) {
        String of = now.sameHistory(before) ? "" : ", timeline " + now.timeline();
        String cluster = now.systemIdentifier().equals(before.systemIdentifier()) ? "" : " of another database cluster";
        return "the run began on " + before.address() + ", timeline " + before.timeline() + ", and now " + now.address()
                + of + cluster + " answers";
    }
}
