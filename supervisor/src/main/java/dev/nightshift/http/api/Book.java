package dev.nightshift.http.api;

import dev.nightshift.view.AuditTrail;
import dev.nightshift.view.Chronicle;
import dev.nightshift.view.Intents;
import dev.nightshift.view.Milestones;
import dev.nightshift.view.RunReader;
import io.vertx.core.Future;
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

    /** Gives the connection back. */
    Future<Void> close();

    /** What can be asked while the connection is open. */
    interface Pages {

        RunReader reader();

        Chronicle chronicle();

        Intents intents();

        AuditTrail audit();

        Milestones milestones();
    }
}
