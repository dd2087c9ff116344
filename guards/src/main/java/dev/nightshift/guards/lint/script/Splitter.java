package dev.nightshift.guards.lint.script;

import dev.nightshift.guards.lint.script.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cuts a script into what the server is sent one by one, where psql would cut it; in time linear in its length. */
public final class Splitter {
    private static final Pattern DIRECTIVE =
            Pattern.compile("(?:--|/\\*)\\s*nightshift:([a-z-]+)\\s*(.*?)\\s*(?:\\*/)?", Pattern.DOTALL);
    private static final Pattern ENDS_STATEMENT = Pattern.compile(
            "\\\\(?:g|gx|gset|gexec|gdesc|watch|crosstabview|bind|bind_named|parse)(?:\\s.*)?", Pattern.DOTALL);

    private static final Pattern RESETS = Pattern.compile("\\\\(?:r|reset)");
    private static final Pattern COPIES =
            Pattern.compile("\\\\copy\\s.*\\sfrom\\s+p?std(?:in|out)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final String text;
    private final Lexer lexer;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();
    private final CopyData copyData;
    private Draft draft;

    private Splitter(String text) {
        this.text = text;
        this.lexer = new Lexer(text);
        this.copyData = new CopyData(text);
        this.draft = new Draft(text);
    }

    public static Pieces split(String text) {
        return new Splitter(text).run();
    }

    private Pieces run() {
        Token token = lexer.next();
        while (token != null) {
            accept(token);
            token = lexer.next();
        }
        finish(text.length());
        return new Pieces(pieces, comments);
    }

    private void accept(Token token) {
        switch (token.kind()) {
            case LINE_COMMENT, BLOCK_COMMENT -> note(token);
            case BACKSLASH -> command(token);
            case VARIABLE -> {
                pieces.add(Piece.of(Piece.Kind.PSQL_VARIABLE, token.in(text), token.start(), token.end()));
                draft.replace(token);
            }
            case PLACEHOLDER -> draft.replace(token);
            default -> {
                if (token.isSymbol(text, ';') && draft.mayEnd()) {
                    finish(token.end());
                } else {
                    draft.add(token);
                }
            }
        }
    }

    private void note(Token token) {
        Matcher directive = DIRECTIVE.matcher(token.in(text));
        if (directive.matches()) {
            comments.add(new Comment(directive.group(1), directive.group(2), token.start(), token.end()));
        }
    }

    private void command(Token backslash) {
        int newline = text.indexOf('\n', backslash.start());
        int end = newline < 0 ? text.length() : newline;
        if (text.startsWith("\\;", backslash.start())) {
            finish(backslash.start() + 2);
            lexer.skipTo(backslash.start() + 2);
            return;
        }
        String command = text.substring(backslash.start(), end).stripTrailing();
        if (ENDS_STATEMENT.matcher(command).matches()) {
            finish(-1);
        }
        if (RESETS.matcher(command).matches()) {
            draft = new Draft(text);
        }
        draft.blank(backslash.start(), end);
        pieces.add(Piece.of(Piece.Kind.PSQL_COMMAND, command, backslash.start(), backslash.start() + command.length()));
        lexer.skipTo(end);
        if (COPIES.matcher(command).matches()) {
            addCopyData(end);
        }
    }

    /** Ends the statement in the making; {@code after} is where the text goes on, where COPY data may begin. */
    private void finish(int after) {
        Piece statement = draft.piece();
        boolean copies = draft.copiesFromStdin();
        draft = new Draft(text);
        if (statement == null) {
            return;
        }
        pieces.add(statement);
        if (copies && after >= 0) {
            addCopyData(after);
        }
    }

    private void addCopyData(int after) {
        @Nullable Piece data = copyData.after(after);
        if (data != null) {
            pieces.add(data);
            lexer.skipTo(data.end());
        }
    }

    /** The comments inside the dollar quotes of a statement. */
    public static List<Comment> commentsInBodies(String statement) {
        List<Comment> found = new ArrayList<>();
        Lexer lexer = new Lexer(statement);
        for (Token token = lexer.next(); token != null; token = lexer.next()) {
            if (token.kind() == Kind.STRING && statement.charAt(token.start()) == '$') {
                int tag = statement.indexOf('$', token.start() + 1) + 1;
                String body = statement.substring(tag, Math.max(tag, token.end() - (tag - token.start())));
                split(body).comments().forEach(comment -> found.add(comment.shifted(tag)));
            }
        }
        return found;
    }
}
