package dev.nightshift.plan;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Directories in a plan are meant from where the plan lies; nothing here looks whether they exist. */
final class Directories {

    private static final Pattern PREFIX = Pattern.compile("[a-z]{2,}:.*");

    private Directories() {}

    static Path resolve(Path directoryOfPlan, String text) {
        if (PREFIX.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a directory without a prefix, found '" + text + "'");
        }
        try {
            return directoryOfPlan.resolve(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected a directory, found '" + text + "'", e);
        }
    }
}
