package dev.nightshift.cli.screen;

import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.Holder;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Unclear;
import dev.nightshift.view.Quantity;
import dev.nightshift.view.StatusView;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Why a run does not simply work: its holders, its cause, its failure, its question, who is missing. */
final class WhyLines {

    private final ZoneId zone;

    WhyLines(ZoneId zone) {
        this.zone = zone;
    }

    void add(Flow flow, StatusView view) {
        RunState state = view.run().state();
        state.holders().byKind().values().forEach(holder -> held(flow, view, holder));
        if (state instanceof Aborting aborting) {
            cause(flow, aborting.cause());
        } else if (state instanceof Aborted aborted) {
            cause(flow, aborted.cause());
        } else if (state instanceof AbortIncomplete incomplete) {
            cause(flow, incomplete.cause());
            incomplete.left().forEach(left -> flow.labelled("left", Line.of(Style.BAD, left)));
        } else if (state instanceof Failed failed) {
            explained(flow, failed.failure().explanation());
        } else if (state instanceof Unclear unclear) {
            flow.labelled("question", Line.of(Style.BAD, unclear.question()));
        }
        asking(flow, view);
        missing(flow, view);
    }

    private void held(Flow flow, StatusView view, Holder holder) {
        String kind = holder.kind().name().toLowerCase(Locale.ROOT);
        String who = holder.kind() == Holder.Kind.OPERATOR ? kind + " " + holder.by() : kind;
        List<Line> pieces = new ArrayList<>();
        pieces.add(Line.of(Style.CAREFUL, who + ": " + holder.reason()));
        if (view.run().state().holders().byKind().size() == 1) {
            pieces.add(Line.of(Style.DIM, "since " + at(view)));
        }
        flow.labelled(Line.of(Style.DIM, "held by"), pieces);
    }

    private String at(StatusView view) {
        return StatusLines.SECOND.withZone(zone).format(view.run().since());
    }

    private static void cause(Flow flow, Cause cause) {
        String kind = cause.kind().name().toLowerCase(Locale.ROOT);
        String who = cause.kind() == Cause.Kind.OPERATOR ? kind + " " + cause.by() : kind;
        flow.labelled("because", Line.of(Style.BAD, who + ": " + cause.reason()));
    }

    private static void explained(Flow flow, Explanation explanation) {
        flow.labelled("failed", Line.of(Style.BAD, explanation.what()));
        flow.labelled("while", Line.of(explanation.doing()));
        flow.labelled("now", Line.of(explanation.state()));
        flow.labelled("do", Line.of(explanation.todo()));
    }

    private static void asking(Flow flow, StatusView view) {
        view.step()
                .filter(step -> step.state() == StepRecord.State.ASKING)
                .ifPresent(step -> flow.labelled(
                        "asks",
                        Line.of(Style.CAREFUL, "step " + step.name() + " waits for a person"),
                        Line.of("nightshift approve " + view.run().id() + " --reason …")));
    }

    private static void missing(Flow flow, StatusView view) {
        if (view.run().state().isEnd()) {
            return;
        }
        if (!view.supervised()) {
            flow.labelled(
                    "watch",
                    Line.of(Style.BAD, "nobody supervises this run, so nothing is written"),
                    Line.of("nightshift resume " + view.run().id()));
        } else if (view.run().state().word().equals("working") && !view.workerAlive()) {
            flow.labelled("worker", Line.of(Style.CAREFUL, lastSign(view)));
        }
    }

    private static String lastSign(StatusView view) {
        return view.worker()
                .map(Heartbeat::age)
                .map(age -> "no sign of life for " + Quantity.time(Duration.ofSeconds(age.toSeconds())))
                .orElse("no sign of life yet");
    }
}
