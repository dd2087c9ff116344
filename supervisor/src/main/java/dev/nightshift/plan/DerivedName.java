package dev.nightshift.plan;

import java.nio.charset.StandardCharsets;

/** The name of something that a recipe creates: told by what it belongs to, and never longer than PostgreSQL keeps. */
final class DerivedName {

    private static final int DIGITS = 8;

    private DerivedName() {}

    /** The parts with {@code _} between them; one that is too long ends in digits of its hash instead. */
    static Identifier of(String... parts) {
        String whole = String.join("_", parts);
        if (bytes(whole) <= Identifier.MOST_BYTES) {
            return new Identifier(whole);
        }
        String end = "_" + PlanHash.of(whole).hex().substring(0, DIGITS);
        int cut = whole.length();
        while (bytes(whole.substring(0, cut)) > Identifier.MOST_BYTES - end.length()) {
            cut = whole.offsetByCodePoints(cut, -1);
        }
        return new Identifier(whole.substring(0, cut) + end);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
