package dev.nightshift.guards.lint.flow;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The settings that the script itself has made, as they are in force at one point of it. */
public final class Settings {
    private static final Settings NONE = new Settings(Map.of(), Map.of());

    private final Map<String, String> session;
    private final Map<String, String> local;

    private Settings(Map<String, String> session, Map<String, String> local) {
        this.session = session;
        this.local = local;
    }

    public static Settings none() {
        return NONE;
    }

    /** Empty when the script has not set it: then the session's, role's or database's own value holds. */
    public Optional<String> get(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(local.getOrDefault(key, session.get(key)));
    }

    Settings with(String name, String value) {
        return new Settings(changed(session, name, value), removed(local, name));
    }

    Settings withLocal(String name, String value) {
        return new Settings(session, changed(local, name, value));
    }

    Settings without(String name) {
        return new Settings(removed(session, name), removed(local, name));
    }

    Settings atTransactionEnd() {
        return local.isEmpty() ? this : new Settings(session, Map.of());
    }

    /** With one setting as it was at another time. */
    Settings asIn(Settings other, String name) {
        return new Settings(copied(session, other.session, name), copied(local, other.local, name));
    }

    private static Map<String, String> copied(Map<String, String> map, Map<String, String> from, String name) {
        String old = from.get(name);
        return old == null ? removed(map, name) : changed(map, name, old);
    }

    private static Map<String, String> changed(Map<String, String> map, String name, String value) {
        Map<String, String> copy = new HashMap<>(map);
        copy.put(name.toLowerCase(Locale.ROOT), value);
        return Map.copyOf(copy);
    }

    private static Map<String, String> removed(Map<String, String> map, String name) {
        Map<String, String> copy = new HashMap<>(map);
        copy.remove(name.toLowerCase(Locale.ROOT));
        return Map.copyOf(copy);
    }
}
