package dev.nightshift.cli.findings;

import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.lint.Linted;
import java.util.List;
import java.util.stream.Stream;

/** Findings as workflow commands, which GitHub shows beside the lines of a change; waived ones are not shown. */
public final class GithubCommands {

    private GithubCommands() {}

    public static Stream<String> of(List<Linted> files) {
        return files.stream()
                .flatMap(file -> file.findings().stream())
                .filter(finding -> !finding.waived())
                .map(GithubCommands::command);
    }

    private static String command(LintFinding finding) {
        return "::" + word(finding.severity())
                + " file=" + property(finding.file())
                + ",line=" + finding.line()
                + ",col=" + finding.column()
                + ",title=" + property(finding.rule())
                + "::" + data(Sentences.whole(finding));
    }

    private static String word(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARN -> "warning";
            case INFO -> "notice";
        };
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
