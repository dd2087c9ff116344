package dev.nightshift.cli.screen;

import dev.nightshift.drive.GuardLook;
import dev.nightshift.guards.guard.Finding;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.Standing;
import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.plan.DatabaseUrl;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the guards see, beside their limits: as one screen, or as one line for each reading. */
public final class GuardLines {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final DatabaseUrl database;
    private final GuardSettings settings;
    private final ZoneId zone;

    public GuardLines(DatabaseUrl database, GuardSettings settings, ZoneId zone) {
        this.database = database;
        this.settings = settings;
        this.zone = zone;
    }

    /** Lines of at most {@code width} columns. */
    public List<Line> screen(GuardLook.Seen seen, int width) {
        Judgement judgement = seen.judgement();
        Flow flow = new Flow(width);
        String hosts = database.hosts().stream().map(Object::toString).collect(Collectors.joining(", "));
        flow.ends(
                Line.of(Style.BOLD, database.database())
                        .plus(" at " + hosts + " · guards, without a run · ")
                        .plus(style(judgement.verdict()), word(judgement.verdict())),
                Line.of(time(judgement)));
        seen.problems().forEach(problem -> flow.labelled("replicas", Line.of(Style.BAD, problem)));
        List<Standing> measured =
                judgement.standings().stream().filter(Standing::measured).toList();
        table(flow, measured, judgement);
        String nothing = judgement.standings().stream()
                .filter(standing -> !standing.measured())
                .map(standing -> standing.guard().key())
                .collect(Collectors.joining(", "));
        if (!nothing.isEmpty()) {
            flow.row(Line.of(Style.DIM, "nothing seen now: " + nothing), List.of(), 2);
        }
        return flow.lines();
    }

    private void table(Flow flow, List<Standing> measured, Judgement judgement) {
        int names = widest(measured.stream().map(GuardLines::name).toList());
        int values = widest(measured.stream().map(GuardLines::value).toList());
        for (Standing standing : measured) {
            String value = value(standing);
            Line row = Line.of(pad(name(standing), names) + "  " + " ".repeat(values - value.length()))
                    .plus(style(standing.verdict()), value)
                    .plus(Style.DIM, "  " + limits(standing));
            flow.row(row, List.of(), names + 2);
            finding(judgement, standing)
                    .ifPresent(finding -> flow.row(Line.of("  ").plus(said(finding)), List.of(), 4));
        }
    }

    /** One line for each reading; all begin with its instant. */
    public List<Line> readings(GuardLook.Seen seen) {
        Judgement judgement = seen.judgement();
        List<Line> lines = new ArrayList<>();
        String at = time(judgement) + "  ";
        seen.problems().forEach(problem -> lines.add(Line.of(at).plus(Style.BAD, "unknown  replicas  " + problem)));
        for (Standing standing : judgement.standings()) {
            if (standing.measured()) {
                Line said = finding(judgement, standing)
                        .map(finding -> said(finding))
                        .orElseGet(() -> Line.of(Style.DIM, limits(standing)));
                lines.add(Line.of(at)
                        .plus(style(standing.verdict()), word(standing.verdict()))
                        .plus("  " + name(standing) + "  " + value(standing) + "  ")
                        .plus(said));
            }
        }
        return lines;
    }

    private String time(Judgement judgement) {
        Instant at = judgement.at();
        return at == null ? "no answer yet" : TIME.format(at.atZone(zone));
    }

    private String limits(Standing standing) {
        return GuardLimits.text(standing.guard(), settings.of(standing.guard(), standing.subject()));
    }

    private static Optional<Finding> finding(Judgement judgement, Standing standing) {
        return judgement.findings().stream()
                .filter(finding ->
                        finding.guard() == standing.guard() && finding.subject().equals(standing.subject()))
                .findFirst();
    }

    private static Line said(Finding finding) {
        String note = finding.remark().isEmpty() ? "" : " (" + finding.remark() + ")";
        return Line.of(style(finding.verdict()), word(finding.verdict()) + ": " + finding.reason() + note);
    }

    private static String name(Standing standing) {
        return standing.subject().isEmpty()
                ? standing.guard().key()
                : standing.guard().key() + " " + standing.subject();
    }

    private static String value(Standing standing) {
        return Double.isNaN(standing.value())
                ? "unknown"
                : standing.guard().unit().text(standing.value());
    }

    private static Style style(Verdict verdict) {
        return switch (verdict) {
            case CLEAR -> Style.PLAIN;
            case SLOW -> Style.CAREFUL;
            case UNKNOWN, HOLD, ABORT -> Style.BAD;
        };
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
