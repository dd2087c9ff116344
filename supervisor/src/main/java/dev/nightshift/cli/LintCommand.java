package dev.nightshift.cli;

import dev.nightshift.cli.findings.GithubCommands;
import dev.nightshift.cli.findings.LintDocument;
import dev.nightshift.cli.findings.LintLines;
import dev.nightshift.cli.findings.RuleLines;
import dev.nightshift.cli.findings.SarifDocument;
import dev.nightshift.cli.findings.Tally;
import dev.nightshift.cli.screen.Line;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Runner;
import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.guards.lint.flow.Past;
import dev.nightshift.lint.Linted;
import dev.nightshift.lint.RuleBook;
import dev.nightshift.lint.SqlFile;
import dev.nightshift.lint.SqlFiles;
import dev.nightshift.lint.SqlLint;
import dev.nightshift.lint.Unreadable;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.view.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says which statements of migration files lock, rewrite or break what, before anybody runs them. */
@Command(
        name = "lint",
        description = {
            "Say which statements of SQL files hurt a database in use, why, and what to write instead.",
            "With --database the catalog of that database proves what text alone cannot. Nothing is written."
        })
final class LintCommand extends Verb {

    @Parameters(
            paramLabel = "FILES|DIRS|-",
            arity = "0..*",
            description = "SQL files; directories with all their *.sql in Flyway's order; - for standard input.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--server-version",
            paramLabel = "N",
            description =
                    "The major version of the server they are meant for (default: that of --database, else unknown).")
    private @Nullable Integer serverVersion;

    @Option(
            names = "--runner",
            paramLabel = "flyway|psql|alembic",
            defaultValue = "flyway",
            converter = RunnerWord.class,
            description = "What runs the files, which decides what runs in a transaction (default: ${DEFAULT-VALUE}).")
    private Runner runner = Runner.FLYWAY;

    @Option(
            names = {"--format", "-o", "--output"},
            paramLabel = "text|json|sarif|github",
            defaultValue = "text",
            converter = LintFormat.Word.class,
            description = "How findings are printed (default: ${DEFAULT-VALUE}).")
    private LintFormat format = LintFormat.TEXT;

    @Option(names = "--list", description = "List all rules.")
    private boolean list;

    @Option(names = "--explain", paramLabel = "RULE", description = "Explain a rule, with a bad and a good example.")
    private @Nullable String explain;

    LintCommand(Shell shell) {
        super(shell);
    }

    /** Reads {@code flyway}, {@code psql} or {@code alembic}. */
    static final class RunnerWord extends LintFormat.Words<Runner> {
        RunnerWord() {
            super(Runner.class);
        }
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        if (explain != null) {
            return show(List.of(rule(explain)), RuleLines.explain(rule(explain)));
        }
        if (list) {
            return show(RuleBook.all(), RuleLines.list(RuleBook.all()));
        }
        if (names.isEmpty()) {
            throw Shell.usage("no file is named", "name files or directories, or - for standard input");
        }
        if (serverVersion != null && (serverVersion < 9 || serverVersion > 99)) {
            throw Shell.usage(
                    "there is no PostgreSQL " + serverVersion, "write the major version alone: --server-version 15");
        }
        List<Linted> found = lint();
        print(found);
        return found.stream().anyMatch(Linted::blocks) ? ExitCode.REFUSED : ExitCode.OK;
    }

    private List<Linted> lint() {
        Optional<DatabaseUrl> url = shell().database();
        if (url.isEmpty()) {
            return lint(Catalog.unknown());
        }
        try (CommandPorts.OpenCatalog catalog = shell().ports().catalog(url.get())) {
            return lint(catalog);
        }
    }

    private List<Linted> lint(Catalog catalog) {
        OptionalInt version = serverVersion == null ? OptionalInt.empty() : OptionalInt.of(serverVersion);
        try (SqlLint linter = new SqlLint(catalog, version)) {
            List<Linted> found = new ArrayList<>();
            Past past = new Past();
            for (SqlFile file : SqlFiles.named(names)) {
                found.add(linter.lint(file.read(runner, shell().around().in()), file.undoes() ? new Past() : past));
            }
            return found;
        } catch (Unreadable e) {
            throw Refusal.unreadable(e, "reading what is to be linted");
        }
    }

    private void print(List<Linted> found) {
        switch (format) {
            case JSON -> shell().data(Json.pretty(LintDocument.report(found)));
            case SARIF -> shell().data(Json.pretty(SarifDocument.of(found, RuleBook.all(), VersionCommand.number())));
            case GITHUB -> {
                GithubCommands.of(found).forEach(shell()::data);
                shell().say(Tally.of(found).sentence());
            }
            case TEXT -> {
                LintLines.of(found).forEach(shell()::data);
                shell().data(LintLines.summary(Tally.of(found)));
            }
        }
    }

    private ExitCode show(List<RuleCard> rules, List<Line> lines) {
        if (format == LintFormat.JSON) {
            shell().data(Json.pretty(LintDocument.rules(rules)));
        } else {
            lines.forEach(shell()::data);
        }
        return ExitCode.OK;
    }

    private static RuleCard rule(String id) {
        return RuleBook.find(id)
                .orElseThrow(() -> Shell.usage(
                        "there is no rule '" + id + "'" + RuleBook.suggestion(id),
                        "see all rules with: nightshift lint --list"));
    }
}
