package dev.nightshift.program;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Values that must not stand in what is kept or shown of a program. */
public final class Secrets {

    private static final Pattern NAMES =
            Pattern.compile("(?i).*(SECRET|TOKEN|PASS|PWD|KEY|CREDENTIAL|AUTH|CONNECTION_STRING|DSN).*");

    /** Shorter ones would be found in ordinary words. */
    private static final int SHORTEST = 4;

    static final Secrets NONE = new Secrets(List.of());

    private static final String MASK = "***";

    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = values;
    }

    /** The values of those variables whose names say that they are secret, line by line. */
    public static Secrets in(Map<String, String> environment) {
        return new Secrets(environment.entrySet().stream()
                .filter(variable -> NAMES.matcher(variable.getKey()).matches())
                .flatMap(variable -> variable.getValue().lines())
                .filter(line -> line.length() >= SHORTEST)
                // A secret that holds another one is masked whole.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    public String masked(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        return masked;
    }

    @Override
    public String toString() {
        return values.size() + " secrets";
    }
}
