package dev.nightshift.lint;

import dev.nightshift.guards.lint.Notices;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.rule.Rules;
import dev.nightshift.plan.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Every rule, and the notices that the linter gives of itself, by name. */
public final class RuleBook {

    private static final List<RuleCard> ALL = Stream.of(
                    Rules.all().stream().map(rule -> rule.card()), Notices.all().stream(), Notices.ofPlans().stream())
            .flatMap(cards -> cards)
            .toList();

    private RuleBook() {}

    public static List<RuleCard> all() {
        return ALL;
    }

    /** Whatever the case in which it is written. */
    public static Optional<RuleCard> find(String id) {
        return ALL.stream().filter(card -> card.id().equalsIgnoreCase(id)).findFirst();
    }

    /** {@code ; did you mean 'x'?}, the rules that contain the word, or nothing. */
    public static String suggestion(String id) {
        List<String> known = ALL.stream().map(RuleCard::id).toList();
        String near = Suggestion.text(known, id);
        if (!near.isEmpty() || id.isBlank()) {
            return near;
        }
        List<String> holding = known.stream()
                .filter(other -> other.contains(id.toUpperCase(Locale.ROOT)))
                .toList();
        return holding.isEmpty() ? "" : "; there is " + String.join(", ", holding);
    }
}
