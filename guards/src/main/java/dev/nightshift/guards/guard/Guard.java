package dev.nightshift.guards.guard;

import java.util.List;

/** One rule: a plain function from what is known to what it measures, subject by subject; it judges no limit. */
interface Guard {

    GuardKind kind();

    /** What it sees; a subject that is not named is calm. */
    List<Measure> measure(Facts facts);
}
