package dev.nightshift.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Applies the versioned migrations of some directories with Flyway.
 *
 * @param locations absolute directories
 * @param target the last version to apply; empty for all
 * @param baseline the version that tables without a history of Flyway are taken to have; empty when there are none such
 * @param expected how long it takes at most, where the plan says so
 */
public record SchemaStep(
        String name,
        List<Path> locations,
        Optional<String> target,
        Optional<String> baseline,
        Optional<Duration> expected)
        implements Step {

    private static final Pattern VERSION = Pattern.compile("\\d+(?:[._]\\d+)*");

    public SchemaStep {
        Names.check("a step's name", name);
        locations = List.copyOf(locations);
        if (locations.isEmpty()) {
            throw new IllegalArgumentException("expected at least one directory, found none");
        }
        target.ifPresent(SchemaStep::checkVersion);
        baseline.ifPresent(SchemaStep::checkVersion);
    }

    public SchemaStep(String name, List<Path> locations, Optional<String> target, Optional<String> baseline) {
        this(name, locations, target, baseline, Optional.empty());
    }

    static String checkVersion(String text) {
        if (!VERSION.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a version such as \"42\" or \"2.1\", found '" + text + "'");
        }
        return text;
    }

    /** Migrations may hold anything: between two of them it can stop, inside one it can only be cancelled. */
    @Override
    public StatementClass statementClass() {
        return StatementClass.CANCEL_ONLY;
    }

    @Override
    public String kind() {
        return "schema";
    }
}
