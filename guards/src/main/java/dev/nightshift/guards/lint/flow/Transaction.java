package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.tree.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The statements that one transaction of the script holds, in order. A statement in autocommit has its own. */
public final class Transaction {
    private final boolean block;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Class<?>, Object> memory = new HashMap<>();
    private final List<Step> exclusive = new ArrayList<>();
    private @Nullable Crowd crowd;

    Transaction(boolean block) {
        this.block = block;
    }

    void add(Step step) {
        steps.add(step);
    }

    /** Once all statements are known: what the rules would otherwise look for again at each of them. */
    void close() {
        crowd = findCrowd();
        steps.stream()
                .filter(step -> step.locks().stream().anyMatch(lock -> lock.mode() == LockMode.ACCESS_EXCLUSIVE))
                .forEach(exclusive::add);
    }

    /** Whether it is a transaction block, and not one statement by itself. */
    public boolean isBlock() {
        return block;
    }

    public List<Step> steps() {
        return steps;
    }

    /** The first statement that locks a table against readers, unless its lock is gone by a ROLLBACK TO before this one. */
    public Optional<Step> firstExclusive(Step seenBy) {
        return exclusive.stream().filter(step -> step.standsAt(seenBy)).findFirst();
    }

    /** The statement with which a second table is locked against writers, and all tables locked up to it. */
    public Optional<Crowd> crowd() {
        return Optional.ofNullable(crowd);
    }

    /** What a rule has found out about the transaction as a whole, so that it need not do so at each statement. */
    @SuppressWarnings("unchecked")
    public <T> T remembered(Class<?> rule, Supplier<T> finding) {
        return (T) memory.computeIfAbsent(rule, key -> finding.get());
    }

    /** Several tables locked at once. */
    public record Crowd(Step step, List<Name> tables) {
        public Crowd {
            tables = List.copyOf(tables);
        }
    }

    private @Nullable Crowd findCrowd() {
        Set<Name> locked = new LinkedHashSet<>();
        long locking =
                steps.stream().filter(step -> !step.strongLocks().isEmpty()).count();
        for (Step step : steps) {
            step.strongLocks().stream()
                    .filter(lock -> locking > 1 || lock.named())
                    .forEach(lock -> locked.add(step.resolved(lock.relation())));
            if (locked.size() > 1) {
                return new Crowd(step, new ArrayList<>(locked));
            }
        }
        return null;
    }
}
