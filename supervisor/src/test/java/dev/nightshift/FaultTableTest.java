package dev.nightshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of faults names tests that exist. */
class FaultTableTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

    @Test
    void every_test_that_it_names_exists() throws IOException {
        List<MatchResult> named = NAMED.matcher(table()).results().toList();
        assertThat(named).hasSizeGreaterThan(50);

        assertThat(named.stream()
                        .filter(test -> !exists(test.group(1), test.group(2)))
                        .map(MatchResult::group))
                .as("tests that docs/faults.md names and that do not exist")
                .isEmpty();
    }

    @Test
    void every_line_names_a_test_or_says_that_there_is_none() throws IOException {
        assertThat(table().lines()
                        .filter(line -> line.startsWith("|"))
                        .filter(line -> !line.startsWith("| ---") && !line.endsWith("| shown by |"))
                        .filter(line -> !NAMED.matcher(line).find() && !line.contains("**none**")))
                .isEmpty();
    }

    private static String table() throws IOException {
        return Files.readString(ROOT.resolve("docs/faults.md"));
    }

    private static boolean exists(String type, String method) {
        return Stream.of("guards", "supervisor", "sandbox", "bench")
                .map(module -> ROOT.resolve(module).resolve("src/test/java"))
                .flatMap(FaultTableTest::files)
                .filter(file -> file.endsWith(type + ".java"))
                .anyMatch(file -> text(file).contains("void " + method + "("));
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.toList().stream();
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
