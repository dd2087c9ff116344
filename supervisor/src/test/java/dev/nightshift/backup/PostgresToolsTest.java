package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.run.Permanent;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresToolsTest {

    private final Path directory;

    PostgresToolsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void a_named_directory_is_the_only_one_looked_into() {
        Path bin = FakeTools.ofVersion(directory.resolve("bin"), "19beta2 (somebody's build)");
        PostgresTools tools = PostgresTools.find(15, Map.of("NIGHTSHIFT_PG_BIN", bin.toString()));
        assertThat(tools.major()).isEqualTo(19);
        assertThat(tools.version()).isEqualTo("19beta2");
        assertThat(tools.dump()).isEqualTo(bin.resolve("pg_dump"));
    }

    @Test
    void an_older_pg_dump_than_the_server_is_refused_by_name() {
        Path bin = FakeTools.ofVersion(directory.resolve("bin"), "13.4");
        assertThatThrownBy(() -> PostgresTools.find(15, Map.of("NIGHTSHIFT_PG_BIN", bin.toString())))
                .isInstanceOfSatisfying(Permanent.class, refused -> {
                    assertThat(refused.explanation().what())
                            .contains("no pg_dump of version 15 or later", "13.4 in " + bin.resolve("pg_dump"));
                    assertThat(refused.explanation().todo()).contains("postgresql-client-15");
                });
    }

    @Test
    void of_several_versions_the_lowest_that_can_dump_the_server_is_taken() {
        String path = FakeTools.ofVersion(directory.resolve("a"), "96.1") + ":"
                + FakeTools.ofVersion(directory.resolve("b"), "94.2") + ":"
                + FakeTools.ofVersion(directory.resolve("c"), "90.2");
        assertThat(PostgresTools.find(92, Map.of("PATH", path)).major()).isEqualTo(94);
        assertThat(PostgresTools.newest(Map.of("PATH", path)).major()).isEqualTo(96);
    }

    @Test
    void a_directory_without_programs_is_said() {
        assertThatThrownBy(() -> PostgresTools.newest(Map.of("NIGHTSHIFT_PG_BIN", directory.toString())))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining(directory.toString(), "none was found");
    }
}
