package dev.nightshift.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How Alembic, or Flask-Migrate over it, is asked for its history.
 *
 * @param heads prints the last revisions of the files
 * @param current prints the revisions that the database has
 * @param target up to which the step goes
 */
public record RevisionCommands(List<String> heads, List<String> current, String target) {

    public static final String HEAD = "head";

    private static final String VERB = "upgrade";
    private static final List<String> DIRECTORY = List.of("-d", "--directory");
    private static final List<String> WITH_VALUE = List.of("-x", "--x-arg", "--tag");

    public RevisionCommands {
        heads = List.copyOf(heads);
        current = List.copyOf(current);
    }

    /** Asked by the words before the verb: {@code alembic -c db/alembic.ini}, {@code flask db}. */
    static RevisionCommands of(List<String> prefix) {
        return new RevisionCommands(with(prefix, "heads", List.of()), with(prefix, "current", List.of()), HEAD);
    }

    /** As the command line itself tells; empty when it is none of theirs. */
    static Optional<RevisionCommands> in(List<String> words) {
        int verb = words.indexOf(VERB);
        List<String> prefix = verb < 0 ? List.of() : words.subList(0, verb);
        boolean flask =
                isNamed(prefix, "flask") && prefix.get(prefix.size() - 1).equals("db");
        if (!flask && !isNamed(prefix, "alembic")) {
            return Optional.empty();
        }
        List<String> directory = new ArrayList<>();
        String target = HEAD;
        for (int i = verb + 1; i < words.size(); i++) {
            String word = words.get(i);
            if (DIRECTORY.contains(word) && i + 1 < words.size()) {
                directory.addAll(List.of(word, words.get(++i)));
            } else if (WITH_VALUE.contains(word)) {
                i++;
            } else if (!word.startsWith("-")) {
                target = word;
            }
        }
        return Optional.of(
                new RevisionCommands(with(prefix, "heads", directory), with(prefix, "current", directory), target));
    }

    private static boolean isNamed(List<String> words, String program) {
        return words.stream().anyMatch(word -> word.equals(program) || word.endsWith("/" + program));
    }

    private static List<String> with(List<String> prefix, String verb, List<String> more) {
        List<String> words = new ArrayList<>(prefix);
        words.add(verb);
        words.addAll(more);
        return words;
    }
}
