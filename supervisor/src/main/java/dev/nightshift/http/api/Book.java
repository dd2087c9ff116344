package dev.nightshift.http.api;

import dev.nightshift.view.AuditTrail;
import dev.nightshift.view.Chronicle;
import dev.nightshift.view.Freezes;
import dev.nightshift.view.Intents;
import dev.nightshift.view.Milestones;
import dev.nightshift.view.RunReader;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;

/** One database's journal, as the API reads it and writes commands into it. */
public interface Book {

    /** What the settings call the database. */
    String database();

    /**
     * Asks on a thread that may block, one question after the other, over one connection that is opened when somebody
     * asks. Fails with a {@link dev.nightshift.run.Trouble} when the database does.
     */
    <T> Future<T> ask(Function<Pages, T> question);

    /**
     * Puts a plan into the queue, once it was looked at; answers with a document that says what became of it. Fails with
     * a {@link dev.nightshift.run.Trouble} when it could not be looked at.
     */
    Future<String> submit(Entry entry);

    /** Gives the connection back. */
    Future<Void> close();

    /**
     * A plan that somebody submits.
     *
     * @param again why, where a run of the same text has succeeded before
     */
    record Entry(String text, int priority, Optional<String> again, String by, String from) {}

    /** What can be asked while the connection is open. */
    interface Pages {

        RunReader reader();

        Chronicle chronicle();

        Intents intents();

        AuditTrail audit();

        Freezes freezes();

        Milestones milestones();
    }
}
