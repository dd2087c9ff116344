package dev.nightshift.cli;

import dev.nightshift.view.Milestones;

/** Something that applications wait for. */
interface Milestone {

    /**
     * Looks once.
     *
     * @throws dev.nightshift.run.Trouble when the database cannot be asked
     */
    Sight look(Milestones database);
}
