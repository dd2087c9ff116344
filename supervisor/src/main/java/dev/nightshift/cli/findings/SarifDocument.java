package dev.nightshift.cli.findings;

import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.lint.Linted;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Findings as a SARIF 2.1.0 log, as code scanners read it. */
public final class SarifDocument {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private SarifDocument() {}

    /**
     * @param rules all rules that may be named, each once
     * @param version of this program
     */
    public static Map<String, Object> of(List<Linted> files, List<RuleCard> rules, String version) {
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run(files, rules, version)));
        return log;
    }

    private static Map<String, Object> run(List<Linted> files, List<RuleCard> rules, String version) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "nightshift");
        driver.put("version", version);
        driver.put("rules", rules.stream().map(SarifDocument::rule).toList());
        List<String> ids = rules.stream().map(RuleCard::id).toList();
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("columnKind", "unicodeCodePoints");
        run.put(
                "results",
                files.stream()
                        .flatMap(file -> file.findings().stream().map(finding -> result(finding, file, ids)))
                        .toList());
        return run;
    }

    private static Map<String, Object> rule(RuleCard card) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", card.id());
        rule.put("shortDescription", text(card.catches()));
        rule.put("fullDescription", text(card.catches() + ": " + card.hurts()));
        rule.put(
                "help",
                text("Lock: " + card.lock() + "\nInstead: " + card.instead() + "\n\nBad:\n" + card.bad() + "\n\nGood:\n"
                        + card.good()));
        rule.put("defaultConfiguration", Map.of("level", level(card.severity())));
        return rule;
    }

    private static Map<String, Object> result(LintFinding finding, Linted file, List<String> ids) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", finding.rule());
        int index = ids.indexOf(finding.rule());
        if (index >= 0) {
            result.put("ruleIndex", index);
        }
        result.put("level", level(finding.severity()));
        result.put("message", text(Sentences.whole(finding)));
        result.put("locations", List.of(Map.of("physicalLocation", place(finding, file))));
        if (finding.waived()) {
            Map<String, Object> suppression = new LinkedHashMap<>();
            suppression.put("kind", "inSource");
            suppression.put("justification", finding.reason());
            result.put("suppressions", List.of(suppression));
        }
        return result;
    }

    private static Map<String, Object> place(LintFinding finding, Linted file) {
        Map<String, Object> region = new LinkedHashMap<>();
        region.put("startLine", finding.line());
        region.put("startColumn", finding.column());
        Optional.ofNullable(file.lines().get(finding.line())).ifPresent(line -> region.put("snippet", text(line)));
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("artifactLocation", Map.of("uri", uri(finding.file())));
        place.put("region", region);
        return place;
    }

    /** Relative to where the command was given, so that a scanner finds it in its checkout. */
    private static String uri(String file) {
        String path = file.replace(FileSystems.getDefault().getSeparator(), "/");
        boolean absolute = path.startsWith("/");
        try {
            return absolute
                    ? new URI("file", "", path, null).toASCIIString()
                    // A colon in the first segment would read as a scheme.
                    : new URI(null, null, "/" + path, null)
                            .toASCIIString()
                            .substring(1)
                            .replace(":", "%3A");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no URI: " + file, e);
        }
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARN -> "warning";
            case INFO -> "note";
        };
    }

    private static Map<String, Object> text(String text) {
        return Map.of("text", text);
    }
}
