package dev.nightshift.guards.preflight;

import java.util.List;

/** Views and statements differ from version to version; these are known. */
final class VersionCheck {

    private static final int OLDEST = 14;
    private static final int NEWEST = 18;

    private VersionCheck() {}

    static List<Answer> judge(Situation situation) {
        int major = situation.server().major();
        if (major < OLDEST) {
            return List.of(Answer.fail("PostgreSQL " + major + " < " + OLDEST, "use PostgreSQL 14 or later"));
        }
        return List.of(
                major > NEWEST
                        ? Answer.warn(
                                "PostgreSQL " + major + " is newer than any that was tried (" + NEWEST + ")",
                                "rehearse the plan on a copy first")
                        : Answer.pass("PostgreSQL " + major));
    }
}
