package dev.nightshift.announce;

import dev.nightshift.plan.Receiver;
import dev.nightshift.view.Notification;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * What the journal of one database knows of who was told what. Futures fail with a {@link dev.nightshift.run.Trouble}
 * when the database does.
 */
public interface Outbox {

    /**
     * How things stand; empty where no journal is, and where another process tells this receiver. A receiver that the
     * journal has not seen before is told what happens from then on.
     */
    Future<Optional<Sight>> look(Receiver receiver);

    /** Writes down what is to be told, before anything is sent. */
    Future<Void> decide(Receiver receiver, Decision decision);

    /** Writes down what became of a message; one that was given up is in the run's history too. */
    Future<Void> ended(Receiver receiver, Notification message, End end, String answer);

    /** Gives the connection back. */
    Future<Void> close();

    /** What became of a message. */
    enum End {
        TOLD,
        GIVEN_UP
    }
}
