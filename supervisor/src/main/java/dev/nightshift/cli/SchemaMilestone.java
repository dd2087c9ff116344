package dev.nightshift.cli;

import dev.nightshift.run.Aborting;
import dev.nightshift.run.RunId;
import dev.nightshift.view.ApiDocuments;
import dev.nightshift.view.Milestones;
import dev.nightshift.view.RunView;
import dev.nightshift.view.SchemaMark;
import dev.nightshift.view.SchemaWish;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A version of the schema. A run that applies migrations counts while it is on its way, and when it ends badly while
 * somebody waits; one that had ended before says nothing about what is submitted next.
 */
final class SchemaMilestone implements Milestone {

    private final SchemaWish wish;
    private boolean looked;
    private Optional<RunId> endedBefore = Optional.empty();

    SchemaMilestone(SchemaWish wish) {
        this.wish = wish;
    }

    @Override
    public Sight look(Milestones database) {
        SchemaMark mark = database.schema(wish);
        Optional<RunView> active = mark.run().filter(run -> !run.state().isEnd());
        if (!looked || active.isPresent()) {
            endedBefore = active.isPresent() ? Optional.empty() : mark.run().map(RunView::id);
            looked = true;
        }
        Map<String, Object> found = Map.of("schema", ApiDocuments.schema(mark));
        Optional<RunView> bad = bad(mark);
        if (bad.isPresent()) {
            return RunMilestone.badly(bad.get(), found);
        }
        if (mark.state() == SchemaMark.State.APPLIED) {
            return active.filter(run -> run.state() instanceof Aborting)
                    .map(run -> Sight.notYet(
                            "version " + mark.version() + " is applied and may be undone: "
                                    + RunMilestone.standing(run),
                            found))
                    .orElseGet(() -> Sight.reached("version " + mark.version() + " is applied", found));
        }
        return mark.failed().isPresent() && active.isEmpty()
                ? failed(mark.failed().get(), found)
                : Sight.notYet(pending(mark, active), found);
    }

    /** The run that was to apply it and will not. */
    private Optional<RunView> bad(SchemaMark mark) {
        boolean applied = mark.state() == SchemaMark.State.APPLIED;
        return mark.run()
                .filter(run -> RunMilestone.isBad(run.state()))
                .filter(run -> run.state().isEnd() ? !endedBefore.equals(Optional.of(run.id())) : !applied);
    }

    private static Sight failed(String script, Map<String, Object> found) {
        return new Sight(
                ExitCode.FAILED,
                "migration " + script + " failed",
                List.of(
                        "now:   Flyway's history names it as failed, so no later one is applied",
                        "do:    put it right" + " and apply it again"),
                found);
    }

    private static String pending(SchemaMark mark, Optional<RunView> active) {
        String newest = mark.newest().map(version -> "the newest is " + version).orElse("none is");
        return "version " + mark.version() + " is not applied, " + newest
                + active.map(run -> "; " + RunMilestone.standing(run)).orElse("");
    }
}
