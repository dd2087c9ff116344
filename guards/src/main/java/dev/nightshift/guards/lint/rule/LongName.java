package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.script.Lexer;
import dev.nightshift.guards.lint.script.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** NAME-TOO-LONG: a name over 63 bytes. */
final class LongName extends Rule {
    LongName() {
        super(new RuleCard(
                "NAME-TOO-LONG",
                Severity.ERROR,
                "a name over 63 bytes",
                "-",
                "PostgreSQL cuts it off without an error; IF NOT EXISTS then matches another object",
                "a shorter name",
                "CREATE TABLE shop.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (x int)",
                "CREATE TABLE shop.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (x int)"));
    }

    private static final int LONGEST = 63;

    /** Names stand at the beginning; behind it there is data. */
    private static final int LOOK_AT = 200_000;

    @Override
    public Stream<Hit> check(Step step) {
        String text = step.statement().text();
        if (text.length() <= LONGEST) {
            return Stream.empty();
        }
        String head = text.substring(0, Math.min(text.length(), LOOK_AT));
        List<Hit> hits = new ArrayList<>();
        Lexer lexer = new Lexer(head);
        for (@Nullable Token token = lexer.nextWithMeaning(); token != null; token = lexer.nextWithMeaning()) {
            int bytes = length(token, head);
            if (bytes > LONGEST) {
                hits.add(hit("the name is " + bytes + " bytes long; PostgreSQL cuts it to " + LONGEST)
                        .at(token.start()));
            }
        }
        return hits.stream();
    }

    private static int length(Token token, String text) {
        if (token.end() - token.start() <= LONGEST / 3) {
            return 0;
        }
        return switch (token.kind()) {
            case WORD -> bytes(token.in(text));
            case QUOTED_NAME -> bytes(unquoted(token.in(text)));
            default -> 0;
        };
    }

    private static String unquoted(String name) {
        int quote = name.indexOf('"');
        return name.substring(quote + 1, Math.max(quote + 1, name.length() - 1)).replace("\"\"", "\"");
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
