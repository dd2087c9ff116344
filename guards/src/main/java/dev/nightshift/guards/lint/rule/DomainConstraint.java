package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Constraint;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Stream;

/** DOM-CONSTRAINT: ALTER DOMAIN ADD CONSTRAINT or SET NOT NULL that validates; CREATE DOMAIN with a constraint. */
final class DomainConstraint extends Rule {
    DomainConstraint() {
        super(new RuleCard(
                "DOM-CONSTRAINT",
                Severity.WARN,
                "ALTER DOMAIN ADD CONSTRAINT or SET NOT NULL that validates; CREATE DOMAIN with a constraint",
                "SHARE on every table that uses the domain",
                "every table with a column of the domain is scanned; columns of it rewrite their table when added",
                "NOT VALID, then VALIDATE CONSTRAINT",
                "ALTER DOMAIN shop.d ADD CONSTRAINT k CHECK (VALUE > 0)",
                "ALTER DOMAIN shop.d ADD CONSTRAINT k CHECK (VALUE > 0) NOT VALID"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        if (step.is("CreateDomainStmt")) {
            return tree.list("constraints").stream()
                    .map(Constraint::new)
                    .filter(constraint -> constraint.isCheck() || constraint.isNotNull())
                    .limit(1)
                    .map(constraint -> hit("a column of a domain with constraints rewrites its table when it is added")
                            .at(constraint.node())
                            .on(Name.of(tree.list("domainname"))));
        }
        Name domain = Name.of(tree.list("typeName"));
        boolean scans = step.is("AlterDomainStmt")
                && (adds(tree) || tree.text("subtype").equals("O"));
        return scans && step.created(Created.Kind.TYPE, domain).isEmpty()
                ? Stream.of(hit("every table with a column of " + domain + " is scanned under a lock")
                        .on(domain)
                        .locking(LockMode.SHARE))
                : Stream.empty();
    }

    private static boolean adds(Node alter) {
        return alter.text("subtype").equals("C") && new Constraint(alter.node("def")).validates();
    }
}
