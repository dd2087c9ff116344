package dev.nightshift.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the names that stand at known places of a statement. */
final class SqlNames {

    /** What may stand between a word and the name that it announces. */
    private static final Set<String> PASSED_OVER = Set.of("ONLY", "IF", "EXISTS", "NOT");

    private final List<SqlToken> tokens;

    SqlNames(SqlStatement statement) {
        this.tokens =
                statement.tokens().stream().filter(token -> token.depth() == 0).toList();
    }

    String alteredTable() {
        return after("TABLE");
    }

    /** The name behind the first such word, folded as SQL does; nothing when there is none. */
    String after(String word) {
        int at = 0;
        while (at < tokens.size() && !tokens.get(at).is(word)) {
            at++;
        }
        at++;
        while (at < tokens.size() && PASSED_OVER.contains(tokens.get(at).text())) {
            at++;
        }
        return nameAt(at);
    }

    /** At any depth of parentheses, in the order written, each once. */
    static List<TableName> qualified(List<SqlToken> tokens) {
        Set<TableName> names = new LinkedHashSet<>();
        for (int at = 0; at + 2 < tokens.size(); at++) {
            boolean pair = tokens.get(at).isName()
                    && tokens.get(at + 1).is(".")
                    && tokens.get(at + 2).isName();
            boolean begins = at == 0 || !tokens.get(at - 1).is(".");
            if (pair && begins) {
                name(tokens.get(at), tokens.get(at + 2)).ifPresent(names::add);
            }
        }
        return List.copyOf(names);
    }

    /** One that is longer than the server keeps is none of the catalog's. */
    private static Optional<TableName> name(SqlToken schema, SqlToken name) {
        try {
            return Optional.of(new TableName(catalogName(schema), catalogName(name)));
        } catch (IllegalArgumentException tooLong) {
            return Optional.empty();
        }
    }

    private static String catalogName(SqlToken token) {
        return token.kind() == SqlToken.Kind.WORD
                ? token.text().toLowerCase(Locale.ROOT)
                : Identifier.parse(token.text()).name();
    }

    /** Without quotes that change nothing. */
    private static String shown(String quoted) {
        try {
            return Identifier.parse(quoted).toString();
        } catch (IllegalArgumentException tooLong) {
            return quoted;
        }
    }

    private String nameAt(int start) {
        StringBuilder name = new StringBuilder();
        for (int at = start; at < tokens.size() && tokens.get(at).isName(); at += 2) {
            SqlToken part = tokens.get(at);
            boolean word = part.kind() == SqlToken.Kind.WORD;
            name.append(word ? part.text().toLowerCase(Locale.ROOT) : shown(part.text()));
            if (at + 1 == tokens.size() || !tokens.get(at + 1).is(".")) {
                break;
            }
            name.append('.');
        }
        return name.toString();
    }
}
