package dev.nightshift.cli;

import dev.nightshift.drive.GuardLook;
import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.plan.DatabaseUrl;
import java.util.Map;

/** Looks at a database as the guards of a run do; writes nothing and needs no journal. */
public interface Lookout extends AutoCloseable {

    /** What the guards say now, also when the database does not answer. */
    GuardLook.Seen look();

    @Override
    void close();

    /** Where to look, and by which limits. */
    record At(
            DatabaseUrl database, DeclaredReplicas replicas, Map<String, DatabaseUrl> standbys, GuardSettings guards) {}
}
