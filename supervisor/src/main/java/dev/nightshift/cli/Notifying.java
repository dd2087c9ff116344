package dev.nightshift.cli;

import dev.nightshift.announce.Answer;
import dev.nightshift.announce.Tidings;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Receiver;
import dev.nightshift.view.Notification;
import java.util.List;

/** Tells receivers what happens to runs, from the journal, while a command supervises. */
public interface Notifying {

    /**
     * Begins to tell what happens in a database.
     *
     * @throws dev.nightshift.run.Permanent when a receiver's URL, secret or authority cannot be read
     */
    Begun begin(List<Receiver> receivers, DatabaseUrl url, Tidings tidings);

    /**
     * Sends one message.
     *
     * @throws dev.nightshift.run.Permanent as {@link #begin}
     */
    Answer send(Receiver receiver, Notification message);

    /** Telling that is under way. */
    interface Begun {

        /** Tells what there is to tell and ends; answers how many messages are left to deliver. */
        int leave();
    }
}
