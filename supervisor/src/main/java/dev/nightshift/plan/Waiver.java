package dev.nightshift.plan;

import java.time.LocalDate;

/**
 * A finding, a check or a replica that the plan lets pass, why, and how long.
 *
 * @param until the last day on which it holds
 */
public record Waiver(String id, String reason, LocalDate until) {

    public Waiver {
        if (id.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("expected an id and a reason, found '" + id + "' and '" + reason + "'");
        }
    }

    public boolean holdsOn(LocalDate day) {
        return !day.isAfter(until);
    }
}
