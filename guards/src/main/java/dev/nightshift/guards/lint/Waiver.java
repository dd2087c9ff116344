package dev.nightshift.guards.lint;

import dev.nightshift.guards.lint.script.Comment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code -- nightshift:allow RULE-ID because reason}: the author knows, and says why.
 *
 * @param rules the rules that it names, separated by commas or spaces
 * @param at where the comment begins in the script
 */
record Waiver(List<String> rules, String reason, int at) {
    private static final Pattern FORM = Pattern.compile("(.*?)(?:(?:^|\\s+)because\\s*:?\\s*(.*))?", Pattern.DOTALL);

    static Optional<Waiver> of(Comment comment) {
        if (!comment.word().equals("allow")) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(comment.rest().strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        List<String> rules = Arrays.stream(form.group(1).split("[,\\s]+"))
                .filter(rule -> !rule.isEmpty())
                .toList();
        String reason = form.group(2) == null ? "" : form.group(2).strip();
        return Optional.of(new Waiver(rules, reason, comment.start()));
    }

    boolean covers(String rule) {
        return !reason.isEmpty() && rules.contains(rule);
    }

    /** What is wrong with the waiver itself; empty when nothing is. */
    Optional<String> problem(Set<String> known) {
        if (rules.isEmpty()) {
            return Optional.of("the waiver names no rule");
        }
        List<String> unknown =
                rules.stream().filter(rule -> !known.contains(rule)).toList();
        if (!unknown.isEmpty()) {
            return Optional.of("the waiver names no rule that exists: " + String.join(", ", unknown));
        }
        return reason.isEmpty()
                ? Optional.of("the waiver of " + String.join(", ", rules) + " gives no reason")
                : Optional.empty();
    }
}
