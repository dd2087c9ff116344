package dev.nightshift.guards.preflight;

import java.util.List;

/**
 * When the run works.
 *
 * @param text {@code open until 05:00 Europe/Paris}
 * @param jobs of pg_cron that begin in that time, as {@code name (schedule)}
 * @param jobsHidden whether there are jobs that this role may not see
 */
public record Hours(String text, List<String> jobs, boolean jobsHidden) {

    public Hours {
        jobs = List.copyOf(jobs);
    }

    String hidden() {
        return jobsHidden ? "; pg_cron is there, and its jobs are hidden from this role" : "";
    }
}
