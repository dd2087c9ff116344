package dev.nightshift.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JournalStateTest {

    @Test
    void wants_the_last_migration_of_the_journal() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(getClass().getResource("/db/nightshift/V1__journal.sql"))
                        .toURI())
                .getParent();
        try (Stream<Path> files = Files.list(Objects.requireNonNull(folder))) {
            assertThat(files.map(Path::getFileName)
                            .map(String::valueOf)
                            .mapToInt(file -> Integer.parseInt(file.replaceAll("^V(\\d+)__.*\\.sql$", "$1")))
                            .max())
                    .hasValue(JournalState.WANTED);
        }
    }
}
