package dev.nightshift.guards.lint;

import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.flow.Timeline;
import dev.nightshift.guards.lint.script.LineMap;
import dev.nightshift.guards.lint.script.Piece;
import dev.nightshift.guards.lint.script.Pieces;
import dev.nightshift.guards.lint.tree.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks every rule about every statement and turns the answers into findings with their places, weights and waivers. */
final class Findings {
    private static final int SHOWN_STATEMENT = 200;

    private record Seen(String rule, int at) {}

    private final List<LintRule> rules;
    private final Script script;
    private final Pieces pieces;
    private final Timeline timeline;
    private final LineMap lines;
    private final Waivers waivers;
    private final BlockFindings blocks = new BlockFindings();
    private final List<LintFinding> found = new ArrayList<>();
    private final Set<Seen> seen = new HashSet<>();

    Findings(List<LintRule> rules, Script script, Pieces pieces, Timeline timeline) {
        this.rules = rules;
        this.script = script;
        this.pieces = pieces;
        this.timeline = timeline;
        this.lines = new LineMap(script.text());
        this.waivers = Waivers.of(pieces, timeline, lines);
    }

    List<LintFinding> all() {
        timeline.steps()
                .forEach(step -> rules.forEach(rule -> rule.check(step).forEach(hit -> add(rule.card(), step, hit))));
        timeline.steps().forEach(step -> NewSyntax.check(step).forEach(hit -> add(Notices.NEW_SYNTAX, step, hit)));
        pieces.all()
                .forEach(piece -> rules.forEach(
                        rule -> rule.checkPiece(piece, script).forEach(hit -> add(rule.card(), piece, hit))));
        timeline.unparsed().forEach(bad -> add(Notices.UNPARSABLE, bad.piece(), refusal(bad)));
        rules.stream()
                .filter(rule -> rule.card().id().equals(BlockFindings.RULE))
                .forEach(rule -> blocks.each((step, hit) -> add(rule.card(), step, hit)));
        judgeWaivers();
        found.sort(Comparator.comparingInt(LintFinding::line)
                .thenComparingInt(LintFinding::column)
                .thenComparing(Comparator.comparing(LintFinding::severity).reversed())
                .thenComparing(LintFinding::rule));
        return found;
    }

    private void add(RuleCard card, Step step, Hit hit) {
        int at = step.statement().inScript(hit.at());
        Optional<Waiver> waiver = waivers.of(step, card.id());
        Severity severity = severity(card, hit, step);
        if (seen.add(new Seen(card.id(), at))) {
            put(card, severity, at, step.statement().text(), hit, waiver);
        }
        if (waiver.isEmpty()) {
            blocks.note(card, severity, step, lines.line(at));
        }
    }

    private void add(RuleCard card, Piece piece, Hit hit) {
        int at = piece.start() + Math.max(0, hit.at());
        String text = piece.text().isEmpty() ? lines.text(lines.line(piece.start())) : piece.text();
        put(card, hit.severity().orElse(card.severity()), at, text, hit, waivers.at(piece.start(), card.id()));
    }

    private static Severity severity(RuleCard card, Hit hit, Step step) {
        Severity severity = hit.severity().orElse(card.severity());
        return hit.weighs() ? Weight.of(hit, step).applyTo(severity) : severity;
    }

    private void put(RuleCard card, Severity severity, int at, String statement, Hit hit, Optional<Waiver> waiver) {
        found.add(new LintFinding(
                card.id(),
                severity,
                script.file(),
                lines.line(at),
                lines.column(at),
                shortened(statement),
                hit.relation().map(Name::toString).orElse(""),
                hit.lock().orElse(card.lock()),
                hit.message(),
                card.instead(),
                waiver.isPresent(),
                waiver.map(Waiver::reason).orElse("")));
    }

    /** With names in place of what a variable may hold, a refusal proves nothing. */
    private static Hit refusal(Timeline.Unparsed bad) {
        Hit hit = Hit.because(bad.refused().message()).at(bad.refused().at());
        return bad.piece().filledIn() ? hit.as(Severity.WARN) : hit;
    }

    private void judgeWaivers() {
        Set<String> known = Stream.concat(
                        rules.stream().map(rule -> rule.card().id()),
                        Stream.concat(Notices.all().stream(), Notices.ofPlans().stream())
                                .map(RuleCard::id))
                .collect(Collectors.toSet());
        for (Waiver waiver : waivers.all()) {
            waiver.problem(known)
                    .ifPresent(problem -> put(
                            Notices.WAIVER,
                            Severity.ERROR,
                            waiver.at(),
                            lines.text(lines.line(waiver.at())).strip(),
                            Hit.because(problem),
                            Optional.empty()));
        }
    }

    private static String shortened(String statement) {
        String line = statement.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN_STATEMENT ? line : line.substring(0, SHOWN_STATEMENT - 1) + "…";
    }
}
