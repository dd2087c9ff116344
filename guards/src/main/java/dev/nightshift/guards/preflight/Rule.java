package dev.nightshift.guards.preflight;

import java.util.List;

/** A check's rule: one answer, or one for each fault. */
interface Rule {
    List<Answer> judge(Situation situation);
}
