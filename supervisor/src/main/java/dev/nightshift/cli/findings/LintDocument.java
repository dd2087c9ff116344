package dev.nightshift.cli.findings;

import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.lint.Linted;
import dev.nightshift.view.Documents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings and rules as documents for {@code -o json}; the names stay. */
public final class LintDocument {

    private LintDocument() {}

    public static Map<String, Object> report(List<Linted> files) {
        Map<String, Object> document = Documents.of("LintReport");
        document.put("findings", findings(files));
        return document;
    }

    public static List<Map<String, Object>> findings(List<Linted> files) {
        return files.stream()
                .flatMap(file -> file.findings().stream())
                .map(LintDocument::finding)
                .toList();
    }

    /** As a run's journal keeps them: without the text of statements, in which a secret may stand. */
    public static List<Map<String, Object>> kept(List<Linted> files) {
        List<Map<String, Object>> kept = findings(files);
        kept.forEach(finding -> finding.remove("statement"));
        return kept;
    }

    private static Map<String, Object> finding(LintFinding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", finding.rule());
        fields.put("severity", finding.severity().word());
        fields.put("file", finding.file());
        fields.put("line", finding.line());
        fields.put("column", finding.column());
        fields.put("statement", finding.statement());
        fields.put("relation", finding.relation());
        fields.put("lock", finding.lock());
        fields.put("message", finding.message());
        fields.put("instead", finding.instead());
        fields.put("waived", finding.waived());
        fields.put("reason", finding.reason());
        return fields;
    }

    public static Map<String, Object> rules(List<RuleCard> rules) {
        Map<String, Object> document = Documents.of("LintRuleList");
        document.put("rules", rules.stream().map(LintDocument::rule).toList());
        return document;
    }

    private static Map<String, Object> rule(RuleCard card) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", card.id());
        fields.put("severity", card.severity().word());
        fields.put("catches", card.catches());
        fields.put("lock", card.lock());
        fields.put("hurts", card.hurts());
        fields.put("instead", card.instead());
        fields.put("bad", card.bad());
        fields.put("good", card.good());
        return fields;
    }
}
