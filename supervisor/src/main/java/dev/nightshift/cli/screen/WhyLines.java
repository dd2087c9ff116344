package dev.nightshift.cli.screen;

import dev.nightshift.queue.Approvals;
import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Planned;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
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
        if (!state.isEnd()) {
            view.freezes().forEach(freeze -> flow.labelled("freeze", Line.of(Style.CAREFUL, freeze.words())));
        }
        state.holders().all().forEach(holder -> held(flow, view, holder));
        Outcome.add(flow, state);
        if (state instanceof AbortIncomplete incomplete) {
            incomplete.left().forEach(left -> flow.labelled("left", Line.of(Style.BAD, left)));
        }
        asking(flow, view);
        missing(flow, view);
    }

    private void held(Flow flow, StatusView view, Holder holder) {
        String kind = holder.kind().name().toLowerCase(Locale.ROOT);
        String who = holder.kind() == Holder.Kind.OPERATOR || holder.kind() == Holder.Kind.ALERT
                ? kind + " " + holder.by()
                : kind;
        List<Line> pieces = new ArrayList<>();
        pieces.add(Line.of(Style.CAREFUL, who + ": " + holder.reason()));
        if (view.run().state().holders().all().size() == 1) {
            pieces.add(Line.of(Style.DIM, "since " + at(view)));
        }
        flow.labelled(Line.of(Style.DIM, "held by"), pieces);
    }

    private String at(StatusView view) {
        return StatusLines.SECOND.withZone(zone).format(view.run().since());
    }

    private static void asking(Flow flow, StatusView view) {
        view.run()
                .state()
                .holders()
                .of(Holder.Kind.APPROVAL)
                .filter(Approvals::isOfPlan)
                .ifPresent(holder -> flow.labelled(
                        "asks", Line.of("nightshift approve " + view.run().id() + " --reason …")));
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
        if (view.run().state() instanceof Planned) {
            flow.labelled("queue", Line.of("waits for its turn"), Line.of("nightshift list"));
        } else if (!view.supervised()) {
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
