package dev.nightshift.plan;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL name as the catalog holds it: an unquoted one is folded to lower case when it is read.
 *
 * @param name the name itself, without quotes
 */
public record Identifier(String name) {

    /** PostgreSQL silently cuts longer names off; then another object may be meant. */
    static final int MOST_BYTES = 63;

    /** Quoted or not; in both {@code "} is doubled inside quotes only. */
    static final String PATTERN = "(?:\"(?:[^\"\\x00]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";

    private static final Pattern WHOLE = Pattern.compile(PATTERN);

    public Identifier {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("expected a name, found '" + name.replace('\0', ' ') + "'");
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "expected a name of at most " + MOST_BYTES + " bytes, found " + bytes + " bytes in '" + name + "'");
        }
    }

    /**
     * Reads a name as SQL does.
     *
     * @throws IllegalArgumentException when the text is not one name, or is longer than PostgreSQL keeps
     */
    public static Identifier parse(String text) {
        Matcher matcher = WHOLE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected one SQL name, found '" + text + "'");
        }
        boolean quoted = text.startsWith("\"");
        return new Identifier(
                quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : foldedToLowerCase(text));
    }

    /** ASCII letters only, as PostgreSQL does in every multi-byte encoding. */
    private static String foldedToLowerCase(String text) {
        StringBuilder folded = new StringBuilder(text);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return folded.toString();
    }

    /** In quotes, as every statement of ours writes it: no reserved word or capital letter can change its meaning. */
    public String quoted() {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** As a person would write it: in quotes only where SQL needs them for its letters. */
    @Override
    public String toString() {
        return name.matches("[a-z_][a-z0-9_$]*") ? name : quoted();
    }
}
