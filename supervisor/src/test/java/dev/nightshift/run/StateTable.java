package dev.nightshift.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Every (state, event) pair of the run machine, as lines of text and as a diagram. */
final class StateTable {

    static final Holder OPERATOR = new Holder(Holder.Kind.OPERATOR, "anna", "looking at it");
    static final Holder GUARD = new Holder(Holder.Kind.GUARD, "replica-lag", "replica lag standby-a 6 s > 5 s");
    static final Explanation WHY = new Explanation("it broke", "working", "as it was", "look");
    static final Cause CAUSE = new Cause(Cause.Kind.OPERATOR, "anna", "enough");

    private StateTable() {}

    static List<RunState> states() {
        Holders held = Holders.NONE.with(OPERATOR);
        return List.of(
                new Planned(Holders.NONE),
                new Planned(held),
                new Waiting(Holders.NONE),
                new Waiting(held),
                new Preflight(Holders.NONE),
                new Preflight(held),
                new Backup(Holders.NONE),
                new Backup(held),
                new Working(),
                new Holding(held),
                new Holding(held.with(GUARD)),
                new Parked(Holders.NONE),
                new Parked(held),
                new Finishing(),
                new Succeeded(),
                new Aborting(CAUSE),
                new Aborted(CAUSE),
                new AbortIncomplete(CAUSE, List.of("DROP INDEX x")),
                new Failed(new Failure(Failure.Kind.STEP, WHY)),
                new Unclear("did it happen?"));
    }

    static List<RunEvent> events() {
        return List.of(
                new RunEvent.TakenOver(),
                new RunEvent.WindowOpened(),
                new RunEvent.WindowClosed(),
                new RunEvent.PreflightPassed(),
                new RunEvent.PreflightFailed(WHY),
                new RunEvent.BackupReady(),
                new RunEvent.BackupFailed(WHY),
                new RunEvent.Held(GUARD),
                new RunEvent.Released(Holder.Kind.OPERATOR, "anna"),
                new RunEvent.LongHold(),
                new RunEvent.Promoted("there"),
                new RunEvent.WorkerLost("exit 137"),
                new RunEvent.StepFailed(new Failure(Failure.Kind.STEP, WHY)),
                new RunEvent.VerifyFailed("no-gaps", "found false"),
                new RunEvent.OutcomeNotKnown("did it happen?"),
                new RunEvent.WorkDone(),
                new RunEvent.Closed(),
                new RunEvent.AbortAsked(CAUSE, false),
                new RunEvent.AbortAsked(CAUSE, true),
                new RunEvent.AbortFinished(List.of()),
                new RunEvent.AbortFinished(List.of("DROP INDEX x")),
                new RunEvent.RetryAsked("anna"));
    }

    /** Lines such as {@code working · HELD -> holding(guard) [WITHDRAW_PERMIT]}, only where something changes. */
    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (RunState state : states()) {
            for (RunEvent event : events()) {
                Move move = state.on(event);
                if (!move.next().equals(state) || !move.effects().isEmpty()) {
                    lines.add(label(state) + " · " + label(event) + " -> " + label(move.next()) + " " + move.effects());
                }
            }
        }
        return lines;
    }

    /** A Mermaid state diagram; events that lead from one state to the same other one share an arrow. */
    static List<String> diagram() {
        Map<String, Set<String>> arrows = new LinkedHashMap<>();
        for (RunState state : states()) {
            for (RunEvent event : events()) {
                RunState next = state.on(event).next();
                if (!next.word().equals(state.word())) {
                    String arrow = node(state) + " --> " + node(next);
                    arrows.computeIfAbsent(arrow, a -> new TreeSet<>())
                            .add(event.kind()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', ' '));
                }
            }
        }
        List<String> lines = new ArrayList<>(List.of("stateDiagram-v2", "    [*] --> planned"));
        arrows.forEach((arrow, events) -> lines.add("    " + arrow + ": " + String.join(", ", events)));
        Set<String> ends = new LinkedHashSet<>();
        states().stream().filter(RunState::isEnd).forEach(s -> ends.add("    " + node(s) + " --> [*]"));
        lines.addAll(ends);
        return lines;
    }

    private static String node(RunState state) {
        return state.word().replace('-', '_');
    }

    private static String label(RunState state) {
        String kinds = String.join(
                "+",
                state.holders().all().stream()
                        .map(holder -> holder.kind().name().toLowerCase(java.util.Locale.ROOT))
                        .toList());
        return kinds.isEmpty() ? state.word() : state.word() + "(" + kinds + ")";
    }

    private static String label(RunEvent event) {
        String kind = event.kind().name();
        if (event instanceof RunEvent.AbortAsked asked && asked.immediate()) {
            return kind + " immediate";
        }
        return event instanceof RunEvent.AbortFinished finished
                        && !finished.left().isEmpty()
                ? kind + " with rest"
                : kind;
    }
}
