package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** TXN-HOLDS-EXCLUSIVE: a scan, build, row change or sleep after an ACCESS EXCLUSIVE lock in one transaction. */
final class HoldsExclusive extends Rule {
    HoldsExclusive() {
        super(new RuleCard(
                "TXN-HOLDS-EXCLUSIVE",
                Severity.ERROR,
                "a scan, build, row change or sleep after an ACCESS EXCLUSIVE lock in one transaction",
                "ACCESS EXCLUSIVE, until COMMIT",
                "nobody can read the locked table until the transaction ends",
                "one heavy step a transaction",
                "BEGIN; ALTER TABLE shop.t ADD COLUMN a int; CREATE INDEX ON shop.u (b); COMMIT",
                "BEGIN; ALTER TABLE shop.t ADD COLUMN a int; COMMENT ON COLUMN shop.t.a IS 'x'; COMMIT"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        Optional<Step> holder = step.transaction().firstExclusive(step);
        boolean held = step.transaction().isBlock()
                && holder.isPresent()
                && holder.get().index() < step.index();
        return held
                ? Heavy.why(step).stream().map(why -> hit(why + " while nobody can read " + tables(holder.get())))
                : Stream.empty();
    }

    private static String tables(Step holder) {
        return holder.locks().stream()
                .filter(lock -> lock.mode() == LockMode.ACCESS_EXCLUSIVE)
                .map(lock -> lock.relation().toString())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
