package dev.nightshift.sandbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a {@link Cluster} is to be made of; each method answers a changed copy.
 *
 * @param standbys application names such as {@code standby-a}; the slot of that one is {@code standby_a}
 * @param configuration lines of postgresql.conf, over the sandbox's own, for every server
 * @param slots whether each standby has a physical replication slot
 */
public record ClusterSettings(
        List<String> standbys,
        Map<String, String> configuration,
        Binaries.Source source,
        OptionalInt major,
        boolean slots) {

    public ClusterSettings {
        standbys = List.copyOf(standbys);
        configuration = Map.copyOf(configuration);
        if (new HashSet<>(standbys).size() < standbys.size()) {
            throw new IllegalArgumentException("expected different names of standbys, found " + standbys);
        }
        for (String standby : standbys) {
            if (!standby.matches("[a-z][a-z0-9-]*")) {
                throw new IllegalArgumentException("expected a name such as standby-a, found '" + standby + "'");
            }
        }
    }

    public static ClusterSettings primaryOnly() {
        return withStandbys();
    }

    /** The binaries are {@link Binaries.Source#ANY}, or what the system property {@code sandbox.binaries} says. */
    public static ClusterSettings withStandbys(String... names) {
        String source = System.getProperty("sandbox.binaries", "any").toUpperCase(Locale.ROOT);
        return new ClusterSettings(
                List.of(names), Map.of(), Binaries.Source.valueOf(source), OptionalInt.empty(), true);
    }

    /** One setting of postgresql.conf, for every server. */
    public ClusterSettings set(String name, String value) {
        Map<String, String> changed = new HashMap<>(configuration);
        changed.put(name, value);
        return new ClusterSettings(standbys, changed, source, major, slots);
    }

    public ClusterSettings maxSlotWalKeepSize(String size) {
        return set("max_slot_wal_keep_size", size);
    }

    public ClusterSettings from(Binaries.Source wanted) {
        return new ClusterSettings(standbys, configuration, wanted, major, slots);
    }

    /** The binaries that the build brings along, even where PostgreSQL is installed. */
    public ClusterSettings bundled() {
        return from(Binaries.Source.BUNDLED);
    }

    public ClusterSettings version(int wanted) {
        return new ClusterSettings(standbys, configuration, source, OptionalInt.of(wanted), slots);
    }

    public ClusterSettings withoutSlots() {
        return new ClusterSettings(standbys, configuration, source, major, false);
    }
}
