package dev.nightshift.queue;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.Freeze;
import dev.nightshift.run.Holders;
import dev.nightshift.run.RunRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The queue of one database in its order, and why each run in it waits. A run that may not begin holds up no other.
 *
 * @param places by priority, then by age
 */
public record Admission(List<Place> places) {

    /** The order of the queue. */
    public static final Comparator<Submission> ORDER = Comparator.comparingInt(Submission::priority)
            .reversed()
            .thenComparing(Submission::at)
            .thenComparing(submission -> submission.run().id().text());

    public Admission {
        places = List.copyOf(places);
    }

    /**
     * A run and why it waits.
     *
     * @param waits a clause: {@code its window opens …}; empty for the one that begins next
     */
    public record Place(Submission submission, String waits) {}

    /**
     * @param active the run that is under way in the database; one at a time works there
     * @param freezes those that are on; one that began in a freeze would do nothing but keep the others from their windows
     */
    public static Admission of(List<Submission> queue, Optional<RunRecord> active, List<Freeze> freezes, Instant now) {
        List<Place> places = new ArrayList<>();
        String ahead = active.map(
                        run -> "run " + run.id() + " is " + run.state().word())
                .orElse("");
        for (Submission one : queue.stream().sorted(ORDER).toList()) {
            Optional<String> own = obstacle(one, freezes, now);
            places.add(new Place(one, own.orElse(ahead)));
            if (own.isEmpty() && ahead.isEmpty()) {
                ahead = "run " + one.run().id() + " goes first";
            }
        }
        return new Admission(places);
    }

    /** The run that may begin now. */
    public Optional<RunRecord> next() {
        return places.stream()
                .filter(place -> place.waits().isEmpty())
                .map(place -> place.submission().run())
                .findFirst();
    }

    /** What would keep it out if it were alone. */
    private static Optional<String> obstacle(Submission one, List<Freeze> freezes, Instant now) {
        if (one.plan().isEmpty()) {
            return Optional.of("this version of Nightshift cannot read its plan");
        }
        Holders holders = one.run().state().holders();
        if (!holders.isEmpty()) {
            return Optional.of(holders.toString());
        }
        if (!one.sameServer()) {
            return Optional.of("it was submitted on another server, or before this one was promoted or restored:"
                    + " resume or abort it");
        }
        return freezes.isEmpty()
                ? closed(one.plan().get(), now)
                : Optional.of(
                        "the database is " + freezes.stream().map(Freeze::words).collect(Collectors.joining("; ")));
    }

    private static Optional<String> closed(Plan plan, Instant now) {
        if (plan.window().isOpen(now)) {
            return Optional.empty();
        }
        return Optional.of(plan.window()
                .nextOpening(now)
                .map(opens -> "its window opens "
                        + opens.atZone(plan.windowSpec().orElseThrow().zone()).toOffsetDateTime())
                .orElse("its window never opens again"));
    }
}
