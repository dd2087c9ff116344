package dev.nightshift.run;

import java.util.List;

/**
 * What a person is told when something went wrong, in four short lines.
 *
 * @param what what happened
 * @param doing what it was doing
 * @param state what state the database is in now
 * @param todo what to do, with the runbook's path where there is one
 */
public record Explanation(String what, String doing, String state, String todo) {

    public static final String NOTHING_CHANGED = "nothing was changed";

    public List<String> lines() {
        return List.of(what, "while: " + doing, "now:   " + state, "do:    " + todo);
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines());
    }
}
