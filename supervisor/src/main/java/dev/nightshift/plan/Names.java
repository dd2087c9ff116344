package dev.nightshift.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What plans and steps may be called: names that fit a file, a label and a session name as they are. */
final class Names {

    /** `nightshift/<run>/<epoch>/<role>` and metric labels leave room for this much. */
    static final int LONGEST = 60;

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0," + (LONGEST - 2) + "}[a-z0-9])?");

    private Names() {}

    static String check(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("expected " + what + " of a-z, 0-9 and '-', up to " + LONGEST
                    + " characters, with '-' only inside, found '" + name + "'");
        }
        return name;
    }

    static void checkUnique(List<Step> steps, List<Step> abort) {
        Set<String> seen = new HashSet<>();
        Stream.concat(steps.stream(), abort.stream()).forEach(step -> {
            if (!seen.add(step.name())) {
                throw new IllegalArgumentException("expected each step name once, found '" + step.name() + "' twice");
            }
        });
    }
}
