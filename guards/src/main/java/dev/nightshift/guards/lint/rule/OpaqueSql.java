package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Body;
import dev.nightshift.guards.lint.flow.Step;
import java.util.stream.Stream;

/** OPAQUE-DYNAMIC-SQL: EXECUTE of a text that is put together at run time, or a body that cannot be read. */
final class OpaqueSql extends Rule {
    OpaqueSql() {
        super(new RuleCard(
                "OPAQUE-DYNAMIC-SQL",
                Severity.WARN,
                "EXECUTE of a text that is put together at run time, or a body that cannot be read",
                "unknown",
                "no rule can tell what it does before it runs",
                "a constant text where possible; otherwise trace it in a scratch database",
                "DO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD c int', x) FROM y; END $$",
                "DO $$ BEGIN PERFORM 1; END $$"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return step.timeline().body(step).parts().stream()
                .filter(Body.Opaque.class::isInstance)
                .map(Body.Opaque.class::cast)
                .map(opaque ->
                        hit(opaque.why()).at(opaque.at() - step.statement().start()));
    }
}
