package dev.nightshift.worker;

import dev.nightshift.plan.ExternalStep;
import dev.nightshift.worker.Tools.Peer;
import java.util.List;
import java.util.Set;

/** What the database and the journal know about tools of other people. */
public interface ToolSessions {

    /**
     * Begins to look after a step.
     *
     * @throws WorkEnded when the claim was lost
     * @throws dev.nightshift.run.Transient when the database is away
     */
    Watch over(ExternalStep step, int ordinal, Attempt attempt);

    /** One tool's; every method throws {@link dev.nightshift.run.Trouble} when the database is away. */
    interface Watch extends AutoCloseable {

        /** The application_name that its sessions are told to bear. */
        String name();

        /** Whether it was started before and nobody has seen it end. */
        boolean leftOpen();

        /**
         * Writes down that it is about to be started.
         *
         * @return false when there is no live permit
         * @throws WorkEnded when the claim was lost
         */
        boolean starting();

        /** Writes down that its end was seen. */
        void ended();

        /** Looks at its sessions: those with its name, and those that are its own by their connection. */
        Sight look(Set<Peer> connections);

        /** Cancels what its sessions are doing. */
        void cancel();

        /** Ends its sessions; returns whether none is left. */
        boolean terminate();

        /** A line for the run's history. */
        void note(String kind, String message);

        @Override
        void close();
    }

    /**
     * What was seen.
     *
     * @param sessions how many are its own
     * @param waitsFor in whose way they are told to be; empty when for nobody
     * @param inTheWayOf who has waited for them for too long; empty when nobody has
     * @param held why a guard or an alert holds the run; empty when none does
     */
    record Sight(int sessions, String waitsFor, String inTheWayOf, List<String> held) {

        static final Sight NOTHING = new Sight(0, "", "", List.of());

        public Sight {
            held = List.copyOf(held);
        }
    }
}
