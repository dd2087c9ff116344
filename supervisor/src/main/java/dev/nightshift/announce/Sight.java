package dev.nightshift.announce;

import dev.nightshift.run.RunId;
import dev.nightshift.view.Notification;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How the journal stands for one receiver.
 *
 * @param now by the database's clock
 * @param upto everything up to this event was settled
 * @param fresh what is not settled, by number
 * @param flaps how many messages of holds and releases were made in the last minute, by run
 * @param due what has to be delivered, in this order
 */
public record Sight(Instant now, long upto, List<Occurrence> fresh, Map<RunId, Integer> flaps, List<Notification> due) {

    public Sight {
        fresh = List.copyOf(fresh);
        flaps = Map.copyOf(flaps);
        due = List.copyOf(due);
    }
}
