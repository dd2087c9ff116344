package dev.nightshift.cli;

import dev.nightshift.cli.screen.Line;
import dev.nightshift.cli.screen.Style;
import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.plan.BackfillStep;
import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.HoldStep;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.SchemaStep;
import dev.nightshift.plan.StatementClass;
import dev.nightshift.plan.StatementStep;
import dev.nightshift.plan.Step;
import dev.nightshift.plan.VerifyStep;
import dev.nightshift.plan.Waiver;
import dev.nightshift.plan.WindowSpec;
import dev.nightshift.view.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a plan would do, for people. */
final class PlanText {

    private PlanText() {}

    static List<Line> of(Plan plan) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.BOLD, plan.name())
                .plus(" · " + plan.database().database() + " at " + hosts(plan) + " as "
                        + plan.database().user()));
        lines.add(label("replicas").plus(replicas(plan.replicas())));
        lines.add(label("window").plus(plan.windowSpec().map(PlanText::window).orElse("always")));
        lines.add(backup(plan.backup()));
        plan.waivers().forEach(waiver -> lines.add(label("waives").plus(Style.CAREFUL, waiver(waiver))));
        steps(lines, "steps", plan.steps());
        if (plan.abort().isEmpty()) {
            lines.add(label("abort").plus(Style.CAREFUL, "no steps: an abort only stops the work"));
        } else {
            steps(lines, "abort", plan.abort());
        }
        return lines;
    }

    /** One sentence about a step. */
    static String does(Step step) {
        if (step instanceof BackfillStep fill) {
            String where = fill.where().map(w -> " where " + w).orElse("");
            return "sets " + String.join(", ", fill.set().keySet()) + " of " + fill.table() + where;
        }
        if (step instanceof SchemaStep schema) {
            return "applies migrations"
                    + schema.target().map(t -> " up to " + t).orElse("") + " from "
                    + schema.locations().stream().map(Object::toString).collect(Collectors.joining(", "));
        }
        if (step instanceof StatementStep statement) {
            return oneLine(statement.sql());
        }
        if (step instanceof VerifyStep verify) {
            return oneLine(verify.sql());
        }
        return step instanceof HoldStep ? "waits until somebody approves" : step.kind();
    }

    private static void steps(List<Line> lines, String label, List<Step> steps) {
        int name = steps.stream().mapToInt(s -> s.name().length()).max().orElse(0);
        String start = label;
        for (Step step : steps) {
            String head = String.format(
                    Locale.ROOT, "%-" + name + "s  %-9s  %-11s  ", step.name(), step.kind(), step.statementClass());
            lines.add(label(start).plus(Style.BOLD, head).plus(does(step)));
            lines.add(Line.of(" ".repeat(10)).plus(Style.DIM, meaning(step)));
            start = "";
        }
    }

    private static String meaning(Step step) {
        if (step instanceof HoldStep) {
            return "nothing runs while it waits";
        }
        StatementClass what = step.statementClass();
        return switch (what) {
            case PAUSABLE -> "can be paused between two batches; locks only the rows of its batch";
            case CANCEL_ONLY -> "cannot be paused; a hold waits for it, an abort cancels it";
            case ATOMIC -> "short, all or nothing; takes its lock with a timeout and tries again";
        };
    }

    private static String hosts(Plan plan) {
        return plan.database().hosts().stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String replicas(DeclaredReplicas replicas) {
        return switch (replicas.mode()) {
            case NONE -> "none: nothing limits the pace";
            case DISCOVER -> "those that are connected at the start";
            case LISTED ->
                replicas.named().stream()
                        .map(named -> named.name() + " (" + named.kind().key()
                                + (named.delay().isZero() ? "" : " " + Quantity.time(named.delay())) + ")")
                        .collect(Collectors.joining(", "));
        };
    }

    private static String window(WindowSpec window) {
        String except = window.except().isEmpty() ? "" : ", not on " + window.except();
        return "opens '" + window.opens() + "' for " + Quantity.time(window.lasts()) + ", " + window.zone() + except;
    }

    private static Line backup(BackupSpec backup) {
        if (backup instanceof BackupSpec.Dump dump) {
            String what = dump.wholeDatabase()
                    ? "the whole database"
                    : dump.tables().stream().map(Object::toString).collect(Collectors.joining(", "));
            String age = dump.maxAge().isZero() ? "" : ", or one younger than " + Quantity.time(dump.maxAge());
            return label("backup")
                    .plus("pg_dump of " + what + " to " + dump.directory() + " with " + dump.jobs() + " jobs, verified "
                            + dump.verify().name().toLowerCase(Locale.ROOT) + age);
        }
        return label("backup").plus(Style.CAREFUL, "none: what this plan changes cannot be restored from here");
    }

    private static String waiver(Waiver waiver) {
        return waiver.id() + " until " + waiver.until() + ": " + waiver.reason();
    }

    private static String oneLine(String sql) {
        return Optional.of(sql.strip().replaceAll("\\s+", " "))
                .filter(text -> text.length() <= 160)
                .orElseGet(() -> sql.strip().replaceAll("\\s+", " ").substring(0, 159) + "…");
    }

    private static Line label(String text) {
        return Line.of(Style.DIM, String.format(Locale.ROOT, "%-10s", text));
    }
}
