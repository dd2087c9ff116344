package dev.nightshift.postgres;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the password of a database: in {@code NIGHTSHIFT_PASSWORD}, {@code PGPASSWORD}, the file that
 * {@code NIGHTSHIFT_PASSWORD_FILE} names, {@code PGPASSFILE} or {@code ~/.pgpass}, in this order. Never in arguments.
 */
public final class Passwords {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private Passwords() {}

    /** Empty when none is set: the server may trust the user, or ask for a certificate. */
    public static Optional<String> find(DatabaseUrl url, Map<String, String> environment) {
        for (String name : List.of("NIGHTSHIFT_PASSWORD", "PGPASSWORD")) {
            String password = environment.getOrDefault(name, "");
            if (!password.isEmpty()) {
                return Optional.of(password);
            }
        }
        String file = environment.getOrDefault("NIGHTSHIFT_PASSWORD_FILE", "");
        if (!file.isEmpty()) {
            return Optional.of(String.join("\n", lines(Path.of(file))));
        }
        Path passfile = Path.of(environment.getOrDefault(
                "PGPASSFILE",
                Path.of(System.getProperty("user.home"), ".pgpass").toString()));
        return Files.isRegularFile(passfile) && forOwnerOnly(passfile)
                ? lines(passfile).stream()
                        .flatMap(line -> inLine(line, url).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new Permanent(
                    new Explanation(
                            "the password file " + file + " cannot be read",
                            "looking for the database's password",
                            Explanation.NOTHING_CHANGED,
                            "give this user the right to read the file, or name another one"),
                    e);
        }
    }

    /** As libpq: a file that others may read is not used. */
    private static boolean forOwnerOnly(Path file) {
        try {
            return OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static Optional<String> inLine(String line, DatabaseUrl url) {
        if (line.startsWith("#")) {
            return Optional.empty();
        }
        List<String> fields = fields(line);
        boolean matches = fields.size() == 5
                && matches(fields.get(0), url.host().name())
                && matches(fields.get(1), Integer.toString(url.host().port()))
                && matches(fields.get(2), url.database())
                && matches(fields.get(3), url.user());
        return matches ? Optional.of(fields.get(4)) : Optional.empty();
    }

    private static boolean matches(String field, String value) {
        return field.equals("*") || field.equals(value);
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (c == ':' && fields.size() < 4) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
