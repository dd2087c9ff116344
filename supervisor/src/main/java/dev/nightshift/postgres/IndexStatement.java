package dev.nightshift.postgres;

import dev.nightshift.plan.Identifier;
import dev.nightshift.plan.TableName;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which index a CREATE or DROP INDEX CONCURRENTLY is about.
 *
 * @param schema where the index is, without quotes
 * @param name of the index, without quotes
 * @param ifExists an index that is there already, or not there any more, is no error
 */
record IndexStatement(Kind kind, String schema, String name, boolean ifExists, String sql) {

    enum Kind {
        CREATE,
        DROP
    }

    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";
    private static final String COMMENT = "--[^\\n]*(?:\\n|$)|/\\*.*?\\*/";

    private static final Pattern CREATE =
            Pattern.compile("(?is)CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\s+(IF\\s+NOT\\s+EXISTS\\s+)?" + NAME
                    + "\\s+ON\\s+(?:ONLY\\s+)?" + NAME + "\\s*\\.\\s*" + NAME + ".*");

    private static final Pattern DROP = Pattern.compile("(?is)DROP\\s+INDEX\\s+CONCURRENTLY\\s+(IF\\s+EXISTS\\s+)?"
            + NAME + "\\s*\\.\\s*" + NAME + "\\s*(?:RESTRICT)?\\s*");

    /** Empty for other statements, and for an index without a name or a table without its schema. */
    static Optional<IndexStatement> of(String sql) {
        String text = sql.replaceAll("(?s)" + COMMENT, " ").strip();
        Matcher create = CREATE.matcher(text);
        if (create.matches() && !create.group(2).equalsIgnoreCase("ON")) {
            return Optional.of(new IndexStatement(
                    Kind.CREATE, bare(create.group(3)), bare(create.group(2)), create.group(1) != null, text));
        }
        Matcher drop = DROP.matcher(text);
        return drop.matches()
                ? Optional.of(new IndexStatement(
                        Kind.DROP, bare(drop.group(2)), bare(drop.group(3)), drop.group(1) != null, text))
                : Optional.empty();
    }

    String quoted() {
        return new TableName(schema, name).quoted();
    }

    /** As PostgreSQL writes definitions, as far as that can be told without parsing. */
    boolean defines(String definition) {
        return plain(sql).equals(plain(definition));
    }

    private static String plain(String definition) {
        return definition
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\b(concurrently|if\\s+not\\s+exists|using\\s+btree|only)\\b", " ")
                .replaceAll("\\s+", " ")
                .replaceAll(" ?([(),.]) ?", "$1")
                .replace("\"", "")
                .strip();
    }

    private static String bare(String name) {
        return Identifier.parse(name).name();
    }
}
