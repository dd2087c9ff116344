package dev.nightshift.cli.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One line of a screen as styled pieces, so that its width is known before it is coloured. */
public record Line(List<Span> spans) {

    public static final Line EMPTY = new Line(List.of());

    public Line {
        spans = List.copyOf(spans);
    }

    /** Text in one style. */
    public record Span(Style style, String text) {}

    public static Line of(String text) {
        return of(Style.PLAIN, text);
    }

    public static Line of(Style style, String text) {
        return new Line(List.of(new Span(style, text)));
    }

    public Line plus(String text) {
        return plus(Style.PLAIN, text);
    }

    public Line plus(Style style, String text) {
        return plus(of(style, text));
    }

    public Line plus(Line more) {
        return new Line(Stream.concat(spans.stream(), more.spans.stream()).toList());
    }

    public int width() {
        return spans.stream().mapToInt(span -> span.text().length()).sum();
    }

    public String plain() {
        return spans.stream().map(Span::text).collect(Collectors.joining());
    }

    /** With escape codes where {@code colour}, and in ASCII unless {@code unicode}. */
    public String text(boolean colour, boolean unicode) {
        return spans.stream()
                .map(span -> new Span(span.style(), unicode ? span.text() : Glyphs.ascii(span.text())))
                .map(span -> colour ? span.style().paint(span.text()) : span.text())
                .collect(Collectors.joining());
    }

    /** The words of this line, each with the space before it, so that it can be broken. */
    List<Line> words() {
        List<Line> words = new ArrayList<>();
        for (Span span : spans) {
            for (String word : span.text().split("(?= )", -1)) {
                boolean glued = !words.isEmpty() && !word.startsWith(" ");
                Line piece = of(span.style(), word);
                if (glued) {
                    words.set(words.size() - 1, words.get(words.size() - 1).plus(piece));
                } else {
                    words.add(piece);
                }
            }
        }
        return words;
    }

    Line stripLeading() {
        if (spans.isEmpty() || !spans.get(0).text().startsWith(" ")) {
            return this;
        }
        Span first = spans.get(0);
        List<Span> rest = spans.subList(1, spans.size());
        return of(first.style(), first.text().stripLeading()).plus(new Line(rest));
    }
}
