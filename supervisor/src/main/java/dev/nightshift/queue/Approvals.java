package dev.nightshift.queue;

import dev.nightshift.run.Holder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who has approved the plan of a run, and whose approval counts: nobody's twice, and never that of who submitted it. A
 * person is a name, from whichever host or by whichever token it came.
 *
 * @param submitter as the run has it: {@code user@host}, or {@code name@api}
 * @param people who has approved, as names
 */
public record Approvals(String submitter, List<String> people) {

    /** Of a plan that nobody has approved and nobody has submitted. */
    public static final Approvals NONE = new Approvals("", List.of());

    /** By whom a run is kept whose plan is not approved. */
    private static final String PLAN = "the plan";

    public Approvals {
        String own = person(submitter);
        people = people.stream()
                .map(Approvals::person)
                .distinct()
                .filter(one -> !one.equals(own))
                .toList();
    }

    /** {@code ann} of {@code Ann@desk}. */
    public static String person(String who) {
        int at = who.lastIndexOf('@');
        return (at < 0 ? who : who.substring(0, at)).toLowerCase(Locale.ROOT);
    }

    /** Whether two of {@code user@host} are the same person. */
    public static boolean samePerson(String one, String other) {
        return person(one).equals(person(other));
    }

    /** Whether it is the plan that waits for approval; else it is a step. */
    public static boolean isOfPlan(Holder holder) {
        return holder.kind() == Holder.Kind.APPROVAL && holder.by().equals(PLAN);
    }

    public Approvals with(String who) {
        List<String> all = new ArrayList<>(people);
        all.add(who);
        return new Approvals(submitter, all);
    }

    /**
     * What keeps the run while approvals are missing; empty once there are enough.
     *
     * @param wanted how many other people have to approve, zero or more
     * @param planHash what is approved
     */
    public Optional<Holder> missing(int wanted, String planHash) {
        if (people.size() >= wanted) {
            return Optional.empty();
        }
        String so = people.isEmpty() ? "" : ", so far " + String.join(", ", people);
        return Optional.of(new Holder(
                Holder.Kind.APPROVAL,
                PLAN,
                "%d of %d people besides %s have approved plan %s%s"
                        .formatted(people.size(), wanted, person(submitter), shortened(planHash), so)));
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
