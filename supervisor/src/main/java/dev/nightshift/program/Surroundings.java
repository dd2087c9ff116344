package dev.nightshift.program;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which of this process's variables a program of others sees: what every program needs, and what was named. */
public final class Surroundings {

    /** Nothing of these is secret; what reaches a database or a cloud has to be named. */
    private static final List<String> ALWAYS = List.of(
            "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TZ", "LANG", "SSL_CERT_FILE", "SSL_CERT_DIR");

    private Surroundings() {}

    /** @param named the names of further variables; those that are not set are left out */
    public static Map<String, String> of(Map<String, String> environment, List<String> named) {
        Map<String, String> seen = new LinkedHashMap<>();
        for (List<String> names : List.of(ALWAYS, named)) {
            for (String name : names) {
                String value = environment.get(name);
                if (value != null) {
                    seen.put(name, value);
                }
            }
        }
        // Messages in one language, since a person will search for them.
        seen.put("LC_ALL", "C.UTF-8");
        return seen;
    }
}
