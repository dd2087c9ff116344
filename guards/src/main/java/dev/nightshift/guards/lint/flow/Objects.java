package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.flow.Created.Kind;
import dev.nightshift.guards.lint.tree.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the script creates, renames and drops, and from which statement to which it is there. */
public final class Objects {
    private static final String DEFAULT_SCHEMA = "public";
    private static final Pattern COMMA = Pattern.compile(",");
    private static final int STILL = Integer.MAX_VALUE;

    private record Life(Created created, int from, int to) {
        boolean covers(int index) {
            return from < index && index <= to;
        }
    }

    private final Map<String, List<Life>> lives = new HashMap<>();

    private static String key(Kind kind, String name) {
        return kind + " " + name;
    }

    void create(Created created, int index) {
        lives.computeIfAbsent(key(created.kind(), created.name().name()), k -> new ArrayList<>())
                .add(new Life(created, index, STILL));
    }

    void drop(Kind kind, Name name, Settings settings, int index) {
        end(kind, name, settings, index);
    }

    /** The object goes on under another name. */
    void rename(Kind kind, Name name, Name newName, Settings settings, int index) {
        end(kind, name, settings, index)
                .ifPresent(old -> create(
                        new Created(
                                kind,
                                old.name().isQualified() && !newName.isQualified()
                                        ? newName.in(old.name().schema())
                                        : newName,
                                old.certain(),
                                old.temporary(),
                                old.owner(),
                                old.step()),
                        index));
    }

    private Optional<Created> end(Kind kind, Name name, Settings settings, int index) {
        List<Life> found = lives.getOrDefault(key(kind, name.name()), List.of());
        for (int i = 0; i < found.size(); i++) {
            Life life = found.get(i);
            if (life.covers(index) && matches(life.created(), name, settings)) {
                found.set(i, new Life(life.created(), life.from(), index));
                return Optional.of(life.created());
            }
        }
        return Optional.empty();
    }

    /** A rollback takes back all that was created since, and brings back what was dropped. */
    void rollBack(int since, int index) {
        lives.values().forEach(found -> found.replaceAll(life -> rolledBack(life, since, index)));
    }

    private static Life rolledBack(Life life, int since, int index) {
        if (life.from() >= since) {
            return new Life(life.created(), life.from(), Math.min(life.to(), index));
        }
        return life.to() >= since && life.to() < index ? new Life(life.created(), life.from(), STILL) : life;
    }

    /** What the script created under that name and that is there just before the statement of that index. */
    Optional<Created> find(Kind kind, Name name, Settings settings, int index) {
        return lives.getOrDefault(key(kind, name.name()), List.of()).stream()
                .filter(life -> life.covers(index) && matches(life.created(), name, settings))
                .map(Life::created)
                .findFirst();
    }

    /** The tables that the script surely made and that are there at its end. */
    Set<Name> madeTables() {
        return lives.values().stream()
                .flatMap(List::stream)
                .filter(life -> life.to() == STILL)
                .map(Life::created)
                .filter(created -> created.kind() == Kind.RELATION && created.certain() && !created.temporary())
                .map(Created::name)
                .collect(Collectors.toSet());
    }

    private static boolean matches(Created created, Name name, Settings settings) {
        if (created.temporary()) {
            return !name.isQualified() || name.schema().startsWith("pg_temp");
        }
        if (name.isQualified()) {
            return schemaOf(created.name(), settings).equals(name.schema());
        }
        return !created.name().isQualified()
                || searchPath(settings).contains(created.name().schema());
    }

    private static String schemaOf(Name created, Settings settings) {
        return created.isQualified() ? created.schema() : searchPath(settings).get(0);
    }

    /** The schemas that unqualified names are looked up in: what the script has set, or PostgreSQL's default. */
    static List<String> searchPath(Settings settings) {
        List<String> path = new ArrayList<>();
        for (String part : COMMA.splitAsStream(settings.get("search_path").orElse(DEFAULT_SCHEMA))
                .toList()) {
            String schema = part.trim().replace("\"", "");
            if (!schema.isEmpty() && !schema.equals("$user")) {
                path.add(schema);
            }
        }
        return path.isEmpty() ? List.of(DEFAULT_SCHEMA) : path;
    }
}
