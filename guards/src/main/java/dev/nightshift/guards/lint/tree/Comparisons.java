package dev.nightshift.guards.lint.tree;

import java.math.BigDecimal;
import java.util.Optional;

/** Comparing two constants, where that can be done without PostgreSQL. */
final class Comparisons {
    private Comparisons() {}

    static Optional<Boolean> holds(String operator, String left, String right) {
        Optional<Integer> order = number(left)
                .flatMap(one -> number(right).map(one::compareTo))
                .or(() -> left.equals(right) ? Optional.of(0) : Optional.empty());
        if (order.isEmpty()) {
            return Optional.empty();
        }
        int sign = order.get();
        return switch (operator) {
            case "=" -> Optional.of(sign == 0);
            case "<>" -> Optional.of(sign != 0);
            case "<" -> Optional.of(sign < 0);
            case "<=" -> Optional.of(sign <= 0);
            case ">" -> Optional.of(sign > 0);
            case ">=" -> Optional.of(sign >= 0);
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
