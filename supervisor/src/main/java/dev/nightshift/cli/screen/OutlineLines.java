package dev.nightshift.cli.screen;

import dev.nightshift.guards.guard.Level;
import dev.nightshift.plan.GuardOutline;
import dev.nightshift.plan.PlanFact;
import dev.nightshift.plan.PlanOutline;
import dev.nightshift.plan.Recipe;
import dev.nightshift.plan.StepOutline;
import dev.nightshift.plan.TableLock;
import java.util.List;
import java.util.Locale;

/** What a plan will do: what holds for the whole run, then each step with what it locks and how it can be stopped. */
public final class OutlineLines {

    private static final int NAME = 4;
    private static final int TEXT = 14;

    private OutlineLines() {}

    /** Lines of at most {@code width} columns. */
    public static List<Line> of(PlanOutline outline, int width) {
        Flow flow = new Flow(width);
        flow.row(Line.of(Style.BOLD, outline.title()), List.of(), Flow.LABEL);
        String before = "";
        for (PlanFact fact : outline.facts()) {
            String label = fact.label().equals(before) ? "" : fact.label();
            flow.labelled(label, Line.of(fact.loud() ? Style.CAREFUL : Style.PLAIN, fact.text()));
            before = fact.label();
        }
        guards(flow, outline.guards());
        steps(flow, "steps", outline.steps(), outline.plan().recipes());
        if (outline.abort().isEmpty()) {
            flow.row(Line.EMPTY, List.of(), 0);
            flow.labelled("abort", Line.of(Style.CAREFUL, "no steps: an abort only stops the work"));
        } else {
            steps(flow, "abort steps", outline.abort(), List.of());
        }
        return flow.lines();
    }

    private static void guards(Flow flow, List<GuardOutline> guards) {
        int names = guards.stream().mapToInt(g -> g.title().length()).max().orElse(0);
        String label = "guards";
        for (GuardOutline guard : guards) {
            StringBuilder row = new StringBuilder(pad(guard.title(), names));
            for (Level level : Level.values()) {
                int width = guards.stream()
                        .mapToInt(g -> limit(g, level).length())
                        .max()
                        .orElse(0);
                row.append("  ").append(pad(limit(guard, level), width));
            }
            Style style = guard.byDefault() ? Style.DIM : Style.PLAIN;
            flow.labelled(label, Line.of(style, row.toString().stripTrailing()));
            label = "";
            if (!guard.asks().isEmpty()) {
                flow.labelled("", Line.of(Style.DIM, "  asks " + guard.asks()));
            }
        }
        flow.labelled("", Line.of(Style.DIM, PlanOutline.ALWAYS_GUARDED));
    }

    private static String limit(GuardOutline guard, Level level) {
        String limit = guard.limits().get(level);
        return limit == null ? "" : level.name().toLowerCase(Locale.ROOT) + " " + limit;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static void steps(Flow flow, String title, List<StepOutline> steps, List<Recipe> recipes) {
        flow.row(Line.EMPTY, List.of(), 0);
        flow.row(Line.of(Style.DIM, title), List.of(), 0);
        for (StepOutline step : steps) {
            recipes.stream()
                    .filter(recipe -> recipe.steps().get(0).name().equals(step.name()))
                    .forEach(recipe -> head(flow, recipe));
            step(flow, step);
        }
    }

    /** Before the first of the steps that it stands for. */
    private static void head(Flow flow, Recipe recipe) {
        String indent = " ".repeat(NAME);
        flow.row(Line.of(Style.BOLD, indent + recipe), List.of(), NAME);
        flow.row(Line.of(indent), List.of(Line.of(recipe.does())), NAME + 2);
        recipe.advice().forEach(advice -> row(flow, "advice", Line.of(Style.CAREFUL, advice)));
    }

    private static void step(Flow flow, StepOutline step) {
        String from = step.recipe().map(recipe -> ", of " + recipe).orElse("");
        Line head = Line.of(Style.BOLD, String.format(Locale.ROOT, "%2d  %s", step.number(), step.name()))
                .plus(Style.DIM, "  " + step.kind() + ", " + step.statementClass() + from);
        flow.row(head, List.of(), NAME);
        boolean inFull = step.recipe().isPresent() && step.sql().contains("\n");
        step.does().stream()
                .skip(inFull ? 1 : 0)
                .forEach(sentence -> flow.row(Line.of(" ".repeat(NAME)), List.of(Line.of(sentence)), NAME + 2));
        if (inFull) {
            step.sql()
                    .lines()
                    .forEach(line -> flow.row(Line.of(" ".repeat(NAME + 2)), List.of(Line.of(Style.DIM, line)), TEXT));
        }
        row(flow, "control", Line.of(step.control()));
        step.locks().stream().map(TableLock::toString).forEach(lock -> row(flow, "locks", Line.of(lock)));
        step.advice().forEach(advice -> row(flow, "advice", Line.of(Style.CAREFUL, advice)));
    }

    private static void row(Flow flow, String label, Line text) {
        String start = " ".repeat(NAME) + pad(label, TEXT - NAME);
        flow.row(Line.of(Style.DIM, start), List.of(text), TEXT);
    }
}
