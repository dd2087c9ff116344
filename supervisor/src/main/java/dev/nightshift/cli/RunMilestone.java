package dev.nightshift.cli;

import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Failed;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Unclear;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Milestones;
import dev.nightshift.view.NextStep;
import dev.nightshift.view.RunView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The good end of a run.
 *
 * @param named its id, or its plan's name: then the newest run counts
 * @param hash how the plan's hash must begin; empty for any
 * @param mustExist whether a run that nobody has submitted yet is a mistake
 */
record RunMilestone(String named, String hash, boolean mustExist) implements Milestone {

    @Override
    public Sight look(Milestones database) {
        Optional<RunView> run = database.run(named, hash);
        if (run.isEmpty() && mustExist) {
            throw Refusal.noRun(words());
        }
        return run.map(RunMilestone::sight)
                .orElseGet(() -> Sight.notYet("there is no run " + words() + " yet", Map.of()));
    }

    private String words() {
        return hash.isEmpty() ? named : named + " of a plan with hash " + hash;
    }

    private static Sight sight(RunView run) {
        Map<String, Object> found = Map.of("run", Documents.run(run));
        if (run.state() instanceof Succeeded) {
            return Sight.reached(standing(run), found);
        }
        return isBad(run.state()) ? badly(run, found) : Sight.notYet(standing(run), found);
    }

    /** Whether it will not go on without a person. */
    static boolean isBad(RunState state) {
        return state instanceof Unclear || (state.isEnd() && !(state instanceof Succeeded));
    }

    static Sight badly(RunView run, Map<String, Object> found) {
        List<String> more = new ArrayList<>(why(run.state()));
        more.add("do:    " + NextStep.of(run, Optional.empty()));
        return new Sight(ExitCode.of(run.state()), standing(run), more, found);
    }

    static String standing(RunView run) {
        return "run " + run.id() + " (" + run.plan() + "): " + run.state().word();
    }

    private static List<String> why(RunState state) {
        if (state instanceof Failed failed) {
            return failed.failure().explanation().lines();
        }
        if (state instanceof Aborted aborted) {
            return List.of("why:   " + aborted.cause().reason() + " ("
                    + aborted.cause().by() + ")");
        }
        if (state instanceof AbortIncomplete incomplete) {
            List<String> lines = new ArrayList<>();
            lines.add("why:   " + incomplete.cause().reason() + " ("
                    + incomplete.cause().by() + ")");
            incomplete.left().forEach(left -> lines.add("left:  " + left));
            return lines;
        }
        return state instanceof Unclear unclear ? List.of("why:   " + unclear.question()) : List.of();
    }
}
