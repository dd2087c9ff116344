package dev.nightshift.cli;

import dev.nightshift.cli.findings.LintDocument;
import dev.nightshift.cli.findings.LintLines;
import dev.nightshift.guards.lint.Script;
import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.lint.Linted;
import dev.nightshift.lint.SqlLint;
import dev.nightshift.run.Trouble;
import dev.nightshift.view.Json;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;

/**
 * Does what a status and a lint do, as far as that goes without a database, so that the JVM can archive the classes: the launcher
 * runs this once for each JDK.
 */
@Command(name = "train", hidden = true, description = "Load what a short command needs; the launcher runs this.")
final class TrainCommand extends Verb {

    /** Whose classes a status needs only once a server has answered. */
    private static final List<String> JARS =
            List.of("nightshift-", "vertx-pg-client", "vertx-sql-client", "jackson-core", "netty-buffer");

    private static final String TRAINED = """
            SET lock_timeout = '2s';
            ALTER TABLE a.b ADD COLUMN c int NOT NULL DEFAULT 1, ADD CONSTRAINT d CHECK (c > 0);
            CREATE INDEX e ON a.b (c);
            DO $$ BEGIN UPDATE a.b SET c = 2; END $$;
            """;

    private static final String CLASS = ".class";

    TrainCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK);
    }

    @Override
    ExitCode carryOut() {
        for (String path : System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
            String name = new File(path).getName();
            if (path.endsWith(".jar") && JARS.stream().anyMatch(name::startsWith)) {
                load(path);
            }
        }
        try {
            new StatusCommand(shell()).carryOut();
        } catch (Trouble nobodyAnswers) {
            shell().say(nobodyAnswers.explanation().what());
        }
        lint();
        return ExitCode.OK;
    }

    /** The parser is most of what a lint loads. */
    private void lint() {
        try (SqlLint linter = new SqlLint(Catalog.unknown(), OptionalInt.empty())) {
            Linted linted = linter.lint(Script.of("train.sql", TRAINED));
            LintLines.of(List.of(linted)).forEach(line -> line.text(true, true));
            Json.pretty(LintDocument.report(List.of(linted)));
        }
    }

    private void load(String path) {
        try (JarFile jar = new JarFile(path)) {
            jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(CLASS) && !name.startsWith("META-INF"))
                    .forEach(this::loadClass);
        } catch (IOException e) {
            shell().say(path + ": " + e.getMessage());
        }
    }

    /** A class that needs a library which is not there is not needed either. */
    private void loadClass(String entry) {
        String name = entry.substring(0, entry.length() - CLASS.length()).replace('/', '.');
        try {
            Class.forName(name, false, TrainCommand.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            shell().say("not loaded: " + name);
        }
    }
}
