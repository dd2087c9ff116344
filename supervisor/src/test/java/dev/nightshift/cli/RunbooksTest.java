package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.cli.DocumentedCommands.Documented;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.preflight.PreflightCheck;
import dev.nightshift.metrics.AlertRules;
import dev.nightshift.metrics.Exported;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** What runbooks and other pages say is there: commands, alerts, metrics, guards, checks and pages. */
class RunbooksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> SECTIONS = List.of(
            "## Meaning", "## Impact", "## Diagnosis", "## Decision table", "## Exact commands", "## After-care");

    /** Endings that leave something for a person to do. */
    private static final Set<Integer> ENDINGS = Set.of(3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 75);

    /** Labels of alerts and of Prometheus, which are no metrics. */
    private static final Set<String> LABELS = Set.of("nightshift_action", "nightshift_runbooks", "nightshift_grafana");

    private final Map<String, String> runbooks = pages(ROOT.resolve("runbooks"));
    private final Set<String> alerts =
            AlertRules.all().stream().map(AlertRules.Alert::name).collect(Collectors.toCollection(TreeSet::new));

    @Test
    void each_alert_has_its_page_and_each_page_of_an_alert_its_alert() {
        assertThat(named("Nightshift\\w+")).isEqualTo(alerts);
    }

    @Test
    void each_ending_that_leaves_something_to_do_has_its_page() {
        assertThat(named("exit-.*").stream().map(name -> Integer.valueOf(name.split("-", -1)[1])))
                .containsExactlyInAnyOrderElementsOf(ENDINGS);
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code)).containsAll(ENDINGS);
    }

    @Test
    void each_page_has_the_same_six_parts() {
        assertThat(runbooks).hasSizeGreaterThan(40);
        runbooks.forEach((name, text) -> {
            if (!name.equals("README")) {
                List<String> lines = text.lines().toList();
                assertThat(lines.get(0)).as(name).startsWith("# ");
                assertThat(lines.stream().filter(line -> line.startsWith("## ")))
                        .as(name)
                        .isEqualTo(SECTIONS);
                if (alerts.contains(name)) {
                    assertThat(lines.get(0)).isEqualTo("# " + name);
                }
            }
        });
    }

    @Test
    void the_index_leads_to_each_page_and_each_link_to_a_file() {
        Set<String> linked = new TreeSet<>();
        Pattern link = Pattern.compile("\\]\\(([^):]+\\.md)\\)");
        everything()
                .forEach((file, text) -> link.matcher(text).results().forEach(match -> {
                    Path target = file.resolveSibling(match.group(1)).normalize();
                    assertThat(target).as("link in " + file).exists();
                    if (file.endsWith("runbooks/README.md")) {
                        linked.add(match.group(1).replace(".md", ""));
                    }
                }));
        Set<String> pages = new TreeSet<>(runbooks.keySet());
        pages.remove("README");
        assertThat(linked).isEqualTo(pages);
    }

    @Test
    void each_command_that_a_page_names_is_one_that_the_program_reads() {
        List<String> misread = new ArrayList<>();
        List<Documented> all = new ArrayList<>();
        everything().forEach((file, text) -> {
            List<Documented> commands = DocumentedCommands.in(text);
            all.addAll(commands);
            commands.forEach(command -> mistake(command)
                    .forEach(
                            why -> misread.add(ROOT.relativize(file) + ": nightshift " + command.text() + ": " + why)));
        });

        assertThat(all).hasSizeGreaterThan(100);
        assertThat(misread).isEmpty();
    }

    @Test
    void a_command_that_does_not_exist_is_found() {
        assertThat(DocumentedCommands.in("```sh\nnightshift pauze RUN\nnightshift status --colour\n```\n"))
                .hasSize(2)
                .allSatisfy(command -> assertThat(mistake(command)).isNotEmpty());
    }

    @Test
    void each_metric_alert_check_and_guard_that_a_page_names_exists() {
        Set<String> metrics = new TreeSet<>(Exported.names());
        metrics.addAll(LABELS);
        Set<String> checks =
                Arrays.stream(PreflightCheck.values()).map(PreflightCheck::id).collect(Collectors.toSet());
        Set<String> guards =
                Arrays.stream(GuardKind.values()).map(GuardKind::key).collect(Collectors.toSet());
        everything().forEach((file, text) -> {
            assertThat(metrics).as(file.toString()).containsAll(Exported.namedIn(text));
            assertThat(checks).as(file.toString()).containsAll(found("\\b(PF-[A-Z]+(?:-[A-Z]+)*)\\b", text));
            assertThat(guards).as(file.toString()).containsAll(found("[Gg]uards? `([a-z]+(?:-[a-z]+)*)`", text));
            if (file.startsWith(ROOT.resolve("runbooks"))) {
                assertThat(alerts).as(file.toString()).containsAll(found("\\b(Nightshift[A-Z]\\w+)", text));
            }
        });
    }

    private static List<String> mistake(Documented command) {
        String[] arguments = command.arguments().toArray(String[]::new);
        try {
            new Cli(Surroundings.ofProcess(), new FakeDatabase())
                    .line(arguments)
                    .parseArgs(arguments);
            return List.of();
        } catch (MissingParameterException e) {
            return command.whole() ? List.of(String.valueOf(e.getMessage())) : List.of();
        } catch (ParameterException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    private Set<String> named(String pattern) {
        return runbooks.keySet().stream()
                .filter(name -> name.matches(pattern))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<Path, String> everything() {
        Map<Path, String> texts = new TreeMap<>();
        Stream.of("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "bench/README.md")
                .map(ROOT::resolve)
                .forEach(file -> texts.put(file, text(file)));
        Stream.of("runbooks", "docs", "grafana", "k8s")
                .map(ROOT::resolve)
                .forEach(directory -> texts.putAll(markdown(directory)));
        return texts;
    }

    private static Map<String, String> pages(Path directory) {
        Map<String, String> pages = new TreeMap<>();
        markdown(directory).forEach((file, text) -> {
            String name = String.valueOf(file.getFileName());
            pages.put(name.substring(0, name.length() - ".md".length()), text);
        });
        return pages;
    }

    private static Map<Path, String> markdown(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Map.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .collect(Collectors.toMap(file -> file, RunbooksTest::text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
