package dev.nightshift.drive;

import dev.nightshift.run.RunRecord;
import java.util.List;

/** Shows people and machines what happens to a run, as it happens: a terminal, JSON lines, metrics. */
public interface Announcer {

    /** This process begins to supervise a run; told before anything else of it. */
    default void began(Past past) {}

    /** Something was written to the run's history. */
    void happened(RunRecord run, Event event);

    /** A second has passed. */
    void ticked(Tick tick);

    /** One that tells all of these, in this order. */
    static Announcer all(Announcer... announcers) {
        List<Announcer> told = List.of(announcers);
        return new Announcer() {
            @Override
            public void began(Past past) {
                told.forEach(each -> each.began(past));
            }

            @Override
            public void happened(RunRecord run, Event event) {
                told.forEach(each -> each.happened(run, event));
            }

            @Override
            public void ticked(Tick tick) {
                told.forEach(each -> each.ticked(tick));
            }
        };
    }
}
