package dev.nightshift.lint;

import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.script.LineMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found in one file.
 *
 * @param lines the text of those lines that a finding points to, by number
 */
public record Linted(String file, List<LintFinding> findings, Map<Integer, String> lines) {

    public Linted {
        findings = List.copyOf(findings);
        lines = Map.copyOf(lines);
    }

    static Linted of(String file, String text, List<LintFinding> findings) {
        Map<Integer, String> lines = new HashMap<>();
        if (!findings.isEmpty()) {
            LineMap map = new LineMap(text);
            findings.forEach(finding -> lines.computeIfAbsent(finding.line(), map::text));
        }
        return new Linted(file, findings, lines);
    }

    public boolean blocks() {
        return findings.stream().anyMatch(LintFinding::blocks);
    }
}
