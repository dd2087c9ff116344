package dev.nightshift.plan;

import dev.nightshift.plan.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SQL as a person wrote it: cut into statements where psql would cut them.
 *
 * <p>Knows quotes, dollar quotes, nested comments, parentheses and {@code BEGIN ATOMIC} bodies; it is no parser and does
 * not know whether PostgreSQL accepts the text.
 */
public final class SqlText {

    private final String sql;
    private final SqlLexer.Lexed lexed;

    private SqlText(String sql) {
        this.sql = sql;
        this.lexed = SqlLexer.lex(sql);
    }

    public static SqlText of(String sql) {
        return new SqlText(sql);
    }

    /** What is open or left over: a quote, a comment or a parenthesis; empty when all of them are closed. */
    public Optional<String> flaw() {
        return Optional.ofNullable(lexed.flaw());
    }

    /** The statements without their semicolons and without text that holds comments only; empty pieces are left out. */
    public List<SqlStatement> statements() {
        List<SqlStatement> statements = new ArrayList<>();
        List<SqlToken> current = new ArrayList<>();
        int openBlocks = 0;
        for (SqlToken token : lexed.tokens()) {
            if (token.is(";") && token.depth() == 0 && openBlocks == 0) {
                addStatement(statements, current);
                current.clear();
            } else {
                current.add(token);
                openBlocks = isRoutine(current) ? openBlocksAfter(token, openBlocks) : 0;
            }
        }
        addStatement(statements, current);
        return List.copyOf(statements);
    }

    /** The first words in capitals, at most {@code count}; stops at anything that is no word. */
    public List<String> firstWords(int count) {
        return lexed.tokens().stream()
                .takeWhile(token -> token.kind() == Kind.WORD)
                .limit(count)
                .map(SqlToken::text)
                .toList();
    }

    /** Whether there is nothing but white space and comments. */
    public boolean isEmpty() {
        return lexed.tokens().isEmpty() && lexed.flaw() == null;
    }

    /** From the first to the last token: without white space and comments around it. */
    String trimmed() {
        List<SqlToken> tokens = lexed.tokens();
        return tokens.isEmpty()
                ? ""
                : sql.substring(
                        tokens.get(0).start(), tokens.get(tokens.size() - 1).end());
    }

    /** Whether a semicolon stands outside all quotes. */
    public boolean hasSemicolon() {
        return lexed.tokens().stream().anyMatch(token -> token.is(";"));
    }

    /** Whether the name stands in it, written so that it means this column. */
    boolean names(String column) {
        return lexed.tokens().stream().filter(SqlToken::isName).anyMatch(token -> token.means(column));
    }

    private void addStatement(List<SqlStatement> statements, List<SqlToken> tokens) {
        if (!tokens.isEmpty()) {
            int start = tokens.get(0).start();
            int end = tokens.get(tokens.size() - 1).end();
            statements.add(new SqlStatement(sql.substring(start, end), tokens));
        }
    }

    /** A routine's body may be {@code BEGIN ATOMIC …; …; END}, whose semicolons do not end the statement. */
    private static boolean isRoutine(List<SqlToken> tokens) {
        int kind = tokens.size() > 3 && tokens.get(1).is("OR") && tokens.get(2).is("REPLACE") ? 3 : 1;
        return tokens.size() > kind
                && tokens.get(0).is("CREATE")
                && (tokens.get(kind).is("FUNCTION") || tokens.get(kind).is("PROCEDURE"));
    }

    private static int openBlocksAfter(SqlToken token, int open) {
        if (token.is("BEGIN") || (token.is("CASE") && open > 0)) {
            return open + 1;
        }
        return token.is("END") && open > 0 ? open - 1 : open;
    }
}
