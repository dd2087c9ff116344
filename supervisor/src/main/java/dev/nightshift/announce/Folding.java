package dev.nightshift.announce;

import dev.nightshift.announce.Decision.Message;
import dev.nightshift.plan.Happening;
import dev.nightshift.plan.Receiver;
import dev.nightshift.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes messages of events: one for each, but of a run that goes on and off in turn at most two a minute, and what comes
 * beyond that is told in one with a count. Whatever else happens to the run tells first what has waited, so that the order
 * stays.
 */
final class Folding {

    static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int FLAPS_A_MINUTE = 2;

    private final Receiver receiver;
    private final Instant now;
    private final List<Message> messages = new ArrayList<>();
    private final List<Occurrence> passedOver = new ArrayList<>();
    private final Set<Long> settled = new HashSet<>();
    private long lowestWaiting = Long.MAX_VALUE;

    private Folding(Receiver receiver, Instant now) {
        this.receiver = receiver;
        this.now = now;
    }

    static Decision of(Receiver receiver, Sight sight) {
        Folding folding = new Folding(receiver, sight.now());
        Map<RunId, List<Occurrence>> byRun = new LinkedHashMap<>();
        sight.fresh()
                .forEach(one -> byRun.computeIfAbsent(one.run(), run -> new ArrayList<>())
                        .add(one));
        byRun.forEach((run, events) ->
                folding.run(events, FLAPS_A_MINUTE - sight.flaps().getOrDefault(run, 0)));
        long newest = sight.fresh().stream().mapToLong(Occurrence::id).max().orElse(sight.upto());
        return new Decision(
                folding.messages,
                folding.passedOver,
                Math.max(sight.upto(), Math.min(newest, folding.lowestWaiting - 1)));
    }

    private void run(List<Occurrence> events, int mayBeTold) {
        int left = mayBeTold;
        List<Occurrence> flaps = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Occurrence one = events.get(i);
            if (!one.isWantedBy(receiver) || settled.contains(one.id()) || isTooYoung(one, events, i)) {
                continue;
            }
            if (one.happening().flaps()) {
                flaps.add(one);
            } else {
                left -= tell(flaps, Math.max(left, 1));
                flaps.clear();
                messages.add(new Message(List.of(one)));
            }
        }
        if (left > 0) {
            tell(flaps, left);
        } else {
            flaps.forEach(this::waits);
        }
    }

    /** Each by itself if that many may be, else all in one; answers how many messages that made. */
    private int tell(List<Occurrence> flaps, int most) {
        if (flaps.isEmpty()) {
            return 0;
        }
        if (flaps.size() > most) {
            messages.add(new Message(flaps));
            return 1;
        }
        flaps.forEach(one -> messages.add(new Message(List.of(one))));
        return flaps.size();
    }

    /** A hold is told once it has lasted; one that ended before is not, nor is its end. */
    private boolean isTooYoung(Occurrence one, List<Occurrence> events, int index) {
        if (receiver.heldFor().isZero() || !one.beginsHold()) {
            return false;
        }
        for (Occurrence later : events.subList(index + 1, events.size())) {
            if (later.endsHold()) {
                boolean brief = Duration.between(one.at(), later.at()).compareTo(receiver.heldFor()) < 0;
                if (brief) {
                    passOver(one);
                    if (later.happening() == Happening.RELEASED && !settled.contains(later.id())) {
                        passOver(later);
                    }
                }
                return brief;
            }
        }
        boolean young = Duration.between(one.at(), now).compareTo(receiver.heldFor()) < 0;
        if (young) {
            waits(one);
        }
        return young;
    }

    private void passOver(Occurrence one) {
        settled.add(one.id());
        passedOver.add(one);
    }

    private void waits(Occurrence one) {
        lowestWaiting = Math.min(lowestWaiting, one.id());
    }
}
