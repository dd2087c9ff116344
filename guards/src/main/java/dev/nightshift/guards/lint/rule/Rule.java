package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.LintRule;
import dev.nightshift.guards.lint.RuleCard;

/** A rule with its card. */
abstract class Rule implements LintRule {
    private final RuleCard card;

    Rule(RuleCard card) {
        this.card = card;
    }

    @Override
    public final RuleCard card() {
        return card;
    }

    static Hit hit(String message) {
        return Hit.because(message);
    }
}
