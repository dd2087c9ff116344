package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.parse.Parsed;
import dev.nightshift.guards.lint.parse.SqlParser;
import dev.nightshift.guards.lint.script.Piece;
import dev.nightshift.guards.lint.script.Pieces;
import dev.nightshift.guards.lint.script.PlainInsert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The statements of a script with their trees. Each distinct text is parsed once; rows of data are not parsed at all. */
final class ParsedPieces {
    private final List<Piece> pieces;
    private final List<Integer> shapes;
    private final List<Parsed> answers;

    private ParsedPieces(List<Piece> pieces, List<Integer> shapes, List<Parsed> answers) {
        this.pieces = pieces;
        this.shapes = shapes;
        this.answers = answers;
    }

    static ParsedPieces of(Pieces split, SqlParser parser) {
        List<Piece> pieces = split.all().stream()
                .filter(piece -> piece.kind() == Piece.Kind.STATEMENT)
                .toList();
        Map<String, Integer> known = new LinkedHashMap<>();
        List<Integer> shapes = new ArrayList<>(pieces.size());
        for (Piece piece : pieces) {
            String shape = PlainInsert.shape(piece.text()).orElse(piece.text());
            shapes.add(known.computeIfAbsent(shape, text -> known.size()));
        }
        return new ParsedPieces(pieces, shapes, parser.parseAll(new ArrayList<>(known.keySet())));
    }

    List<Node> statements() {
        return answers.stream()
                .flatMap(answer ->
                        answer instanceof Parsed.Accepted accepted ? accepted.statements().stream() : Stream.empty())
                .toList();
    }

    void each(BiConsumer<Piece, Parsed> consumer) {
        for (int i = 0; i < pieces.size(); i++) {
            consumer.accept(pieces.get(i), answers.get(shapes.get(i)));
        }
    }
}
