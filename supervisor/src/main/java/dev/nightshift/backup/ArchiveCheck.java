package dev.nightshift.backup;

import dev.nightshift.program.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an archive in full and says what is wrong with it. A table of contents alone proves nothing: {@code pg_restore
 * --list} succeeds on archives whose data files are cut short or missing.
 */
final class ArchiveCheck {

    /** {@code 3345; 0 16390 TABLE DATA public orders migrator}: the second number is the table's oid. */
    private static final Pattern ROWS = Pattern.compile("\\d+; \\d+ (\\d+) TABLE DATA .*");

    private static final int MOST_PROBLEMS = 10;

    private final PostgresTools tools;
    private final Consumer<Tool> running;

    /**
     * Uses these programs.
     *
     * @param running told of each program that is started, so that it can be cancelled
     */
    ArchiveCheck(PostgresTools tools, Consumer<Tool> running) {
        this.tools = tools;
        this.running = running;
    }

    /** What is wrong, in sentences; empty when the archive is good at that level. */
    List<String> problems(Path directory, Manifest manifest, Level level) {
        List<String> problems = new ArrayList<>(fileProblems(directory, manifest, level));
        if (problems.isEmpty()) {
            problems.addAll(contentProblems(directory, manifest.tables()));
        }
        return problems.size() <= MOST_PROBLEMS ? problems : problems.subList(0, MOST_PROBLEMS);
    }

    /** What the programs find wrong with an archive that has no manifest yet. */
    List<String> contentProblems(Path directory, List<DumpedTable> tables) {
        List<String> problems = new ArrayList<>(unreadable(directory));
        if (problems.isEmpty()) {
            problems.addAll(missingRows(directory, tables));
        }
        return problems;
    }

    static List<String> fileProblems(Path directory, Manifest manifest, Level level) {
        List<String> problems = new ArrayList<>();
        for (Manifest.DumpedFile file : manifest.files()) {
            Path path = directory.resolve(file.name());
            try {
                if (!Files.isRegularFile(path)) {
                    problems.add(file.name() + " is missing");
                } else if (Files.size(path) != file.bytes()) {
                    problems.add(file.name() + " has " + Files.size(path) + " bytes instead of " + file.bytes());
                } else if (level == Level.CHECKSUMMED
                        && !DumpDirectory.sha256(path).equals(file.sha256())) {
                    problems.add(file.name() + " was changed: its SHA-256 is not the manifest's");
                }
            } catch (IOException e) {
                problems.add(file.name() + " cannot be read: " + e.getMessage());
            }
        }
        return problems;
    }

    private List<String> unreadable(Path directory) {
        Tool reading = start(List.of("-f", "/dev/null", directory.toString()), line -> {});
        return reading.await() == 0
                ? List.of()
                : List.of("the archive cannot be read to its end: " + Complaints.of(reading.complaints()));
    }

    private List<String> missingRows(Path directory, List<DumpedTable> tables) {
        Set<Long> found = new HashSet<>();
        Tool listing = start(List.of("--list", directory.toString()), line -> {
            Matcher rows = ROWS.matcher(line);
            if (rows.matches()) {
                found.add(Long.parseLong(rows.group(1)));
            }
        });
        if (listing.await() != 0) {
            return List.of("its table of contents cannot be read: " + Complaints.of(listing.complaints()));
        }
        return tables.stream()
                .filter(table -> table.rows() && !found.contains(table.oid()))
                .map(table -> "the rows of " + table.name() + " are not in the archive")
                .toList();
    }

    private Tool start(List<String> arguments, Consumer<String> lines) {
        List<String> command = new ArrayList<>(List.of(tools.restore().toString()));
        command.addAll(arguments);
        Tool tool = Tool.start(command, Map.of(), lines);
        running.accept(tool);
        return tool;
    }
}
