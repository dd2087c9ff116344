package dev.nightshift;

import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Launcher;
import dev.nightshift.plan.Plan;
import dev.nightshift.process.ChildLauncher;
import dev.nightshift.run.RunRecord;
import java.util.Optional;

/** Where the workers of runs are started: as processes here, or elsewhere. */
interface Workforce {

    /**
     * What starts one run's workers.
     *
     * @param announcer who else is to be told what happens to the run
     */
    record Crew(Launcher launcher, Optional<Announcer> announcer) {}

    Crew of(Site site, RunRecord run, Plan plan);

    /** Whether tools can be started from images of their own. */
    boolean startsImages();

    /** Child processes of this one. */
    static Workforce here() {
        return new Workforce() {
            @Override
            public Crew of(Site site, RunRecord run, Plan plan) {
                return new Crew(new ChildLauncher(site.vertx, ChildProcess.of(site)::worker), Optional.empty());
            }

            @Override
            public boolean startsImages() {
                return false;
            }
        };
    }
}
