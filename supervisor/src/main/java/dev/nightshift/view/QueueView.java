package dev.nightshift.view;

import java.util.List;
import java.util.Optional;

/**
 * The queue of a database.
 *
 * @param active the run that is under way
 * @param waiting in the order in which they would begin if nothing kept them
 */
public record QueueView(Optional<RunView> active, List<Waits> waiting) {

    /** Of a database in which nothing is under way and nothing waits. */
    public static final QueueView EMPTY = new QueueView(Optional.empty(), List.of());

    public QueueView {
        waiting = List.copyOf(waiting);
    }

    /**
     * A run that waits.
     *
     * @param priority a higher one goes first
     * @param why a clause: {@code its window opens …}; empty for the one that begins next
     */
    public record Waits(RunView run, int priority, String why) {}
}
