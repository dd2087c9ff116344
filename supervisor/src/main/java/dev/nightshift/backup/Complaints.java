package dev.nightshift.backup;

import java.util.List;

/** Makes one line of what a program of PostgreSQL wrote to its standard error. */
final class Complaints {

    private static final int LONGEST = 300;

    private Complaints() {}

    /** The first error, which the others follow from; without it the last line. */
    static String of(List<String> lines) {
        String line = lines.stream()
                .filter(text -> text.contains("error:"))
                .findFirst()
                .orElse(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
        String plain = line.replaceFirst("^\\S*pg_(dump|restore): ", "")
                .replaceFirst("^error: ", "")
                .replaceAll("\\s+", " ")
                .strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }

    static boolean mention(List<String> lines, String... words) {
        return lines.stream().anyMatch(line -> List.of(words).stream().anyMatch(line::contains));
    }
}
