package dev.nightshift.worker;

import dev.nightshift.plan.ExternalStep;
import dev.nightshift.run.Explanation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/** Starts tools of other people, wherever they run. */
public interface Tools {

    /** Why this one could not be carried out now; empty when nothing speaks against it. Changes nothing. */
    List<Explanation> problems(ExternalStep step);

    /**
     * Ends what a worker before this one has left of it, where that does not end by itself.
     *
     * @throws dev.nightshift.run.Transient when it cannot be known now whether something is left
     */
    void endLeft(ExternalStep step);

    /**
     * Starts it; it ends with this process, whatever ends that.
     *
     * @param session the application_name that its sessions are told to bear
     * @param lines takes what it prints line by line, without secrets, on threads of its own
     * @throws dev.nightshift.run.Permanent when it cannot be started
     */
    Running start(ExternalStep step, String session, Consumer<String> lines);

    /** A tool that was started. */
    interface Running extends AutoCloseable {

        /** How it ended, as soon as it has; empty when it still runs after {@code wait}. */
        Optional<Ended> end(Duration wait);

        /** Where its connections to servers begin, as far as that can be seen. */
        Set<Peer> connections();

        /** Asks it and all it has started to end. */
        void terminate();

        /** Ends it and all it has started. */
        void kill();

        /** As {@link #kill}, and returns when it is gone. */
        @Override
        void close();
    }

    /**
     * How a tool ended.
     *
     * @param status empty when nobody saw it
     * @param how in words, where the status does not say all of it; else empty
     */
    record Ended(OptionalInt status, String how) {

        public static Ended with(int status) {
            return new Ended(OptionalInt.of(status), "");
        }

        public static Ended unseen(String how) {
            return new Ended(OptionalInt.empty(), how);
        }
    }

    /** The client's end of a connection, as the server sees it when nothing in between translates addresses. */
    record Peer(String address, int port) {

        private static final int ANY = 0;

        /** Every connection from there: nobody else has that address. */
        public static Peer anyOf(String address) {
            return new Peer(address, ANY);
        }

        /** Whether this connection is one of those. */
        public boolean isAmong(Set<Peer> others) {
            return others.contains(this) || others.contains(anyOf(address));
        }
    }
}
