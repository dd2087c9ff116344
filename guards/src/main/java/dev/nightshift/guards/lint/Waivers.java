package dev.nightshift.guards.lint;

import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.flow.Timeline;
import dev.nightshift.guards.lint.script.Comment;
import dev.nightshift.guards.lint.script.LineMap;
import dev.nightshift.guards.lint.script.Piece;
import dev.nightshift.guards.lint.script.Pieces;
import dev.nightshift.guards.lint.script.Splitter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which waiver covers which statement: the one it trails on its line, the next one, or the one that it stands in. */
final class Waivers {
    private record Span(int start, int end) {
        boolean holds(int offset) {
            return start <= offset && offset < end;
        }
    }

    private final List<Waiver> all;
    private final Map<Integer, List<Waiver>> byStatement = new HashMap<>();

    private Waivers(List<Waiver> all) {
        this.all = all;
    }

    static Waivers of(Pieces pieces, Timeline timeline, LineMap lines) {
        List<Waiver> all = Stream.concat(pieces.comments().stream(), inBodies(timeline))
                .flatMap(comment -> Waiver.of(comment).stream())
                .toList();
        Waivers waivers = new Waivers(all);
        if (!all.isEmpty()) {
            List<Span> spans = spans(pieces, timeline);
            all.forEach(waiver -> waivers.assign(waiver, spans, lines));
        }
        return waivers;
    }

    private static List<Span> spans(Pieces pieces, Timeline timeline) {
        Stream<Span> top = pieces.all().stream()
                .filter(piece -> piece.kind() != Piece.Kind.PSQL_VARIABLE)
                .map(piece -> new Span(piece.start(), piece.end()));
        Stream<Span> nested = timeline.steps().stream()
                .filter(step -> step.outer().isPresent())
                .map(step -> new Span(
                        step.statement().start(),
                        step.statement().start() + step.statement().text().length()));
        return Stream.concat(top, nested)
                .sorted(Comparator.comparingInt(Span::start))
                .toList();
    }

    private void assign(Waiver waiver, List<Span> spans, LineMap lines) {
        int at = waiver.at();
        Optional<Span> trailed = spans.stream()
                .filter(span -> span.end() <= at && lines.line(span.end()) == lines.line(at))
                .max(Comparator.comparingInt(Span::end));
        Optional<Span> holder = spans.stream().filter(span -> span.holds(at)).max(Comparator.comparingInt(Span::start));
        int limit = holder.map(Span::end).orElse(Integer.MAX_VALUE);
        Optional<Span> next = spans.stream()
                .filter(span -> span.start() > at && span.start() < limit)
                .findFirst();
        trailed.or(() -> next)
                .or(() -> holder)
                .ifPresent(span -> byStatement
                        .computeIfAbsent(span.start(), start -> new ArrayList<>())
                        .add(waiver));
    }

    /** Comments in a body are text to the script around it. */
    private static Stream<Comment> inBodies(Timeline timeline) {
        return timeline.steps().stream()
                .filter(step -> step.outer().isEmpty())
                .filter(step -> step.is("DoStmt") || step.is("CreateFunctionStmt"))
                .flatMap(step -> Splitter.commentsInBodies(step.statement().text()).stream()
                        .map(comment -> comment.shifted(step.statement().start())));
    }

    List<Waiver> all() {
        return all;
    }

    /** The waiver of a rule for what begins at a place of the script. */
    Optional<Waiver> at(int statementStart, String rule) {
        return byStatement.getOrDefault(statementStart, List.of()).stream()
                .filter(waiver -> waiver.covers(rule))
                .findFirst();
    }

    /** The waiver of a rule for a statement, or for the block that holds it. */
    Optional<Waiver> of(Step step, String rule) {
        Optional<Waiver> own = at(step.statement().start(), rule);
        return own.isPresent() ? own : step.outer().flatMap(outer -> of(outer, rule));
    }
}
