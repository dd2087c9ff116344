package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.view.StatementTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCommandTest {

    private final FakeDatabase database = new FakeDatabase();

    @TempDir
    private Path directory = Path.of("");

    private Path file = directory;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("V1.sql"), "ALTER TABLE shop.t ADD x int;");
    }

    @Test
    void each_statement_is_told_with_what_it_did() {
        database.traces = List.of(trace("", true), trace("division by zero", false));

        Typed typed = trace();

        assertThat(typed.code()).isEqualTo(ExitCode.FAILED.code());
        assertThat(typed.out())
                .contains("V1.sql:1:1  ALTER TABLE shop.t ADD x int")
                .contains("took     12 ms, 8 KiB of WAL, outside a transaction")
                .contains("locks    ACCESS EXCLUSIVE on shop.t (seen while it ran; short ones may be missing)")
                .contains("rewrote  shop.t, shop.t_a")
                .contains("failed   division by zero");
    }

    @Test
    void json_holds_the_same() {
        database.traces = List.of(trace("", false));

        Typed typed = trace("-o", "json");

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .contains("\"kind\": \"TraceReport\"", "\"mode\": \"ACCESS EXCLUSIVE\"", "\"walBytes\": 8192");
    }

    @Test
    void the_database_of_the_environment_is_never_traced_in() {
        Typed typed = Typed.in(database, Map.of("NIGHTSHIFT_DATABASE", Typed.URL), "trace", file.toString());

        assertThat(typed.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(typed.err()).contains("pass --database");
    }

    private Typed trace(String... more) {
        String[] words = {"trace", "--database", "postgresql://ann@localhost/scratch", file.toString()};
        String[] all = java.util.stream.Stream.of(words, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
        return Typed.in(database, all);
    }

    private StatementTrace trace(String error, boolean alone) {
        return new StatementTrace(
                file.toString(),
                1,
                1,
                "ALTER TABLE shop.t ADD x int",
                List.of(new StatementTrace.Lock("ACCESS EXCLUSIVE", "shop.t")),
                List.of("shop.t", "shop.t_a"),
                List.of(),
                Duration.ofMillis(12),
                8192,
                alone,
                error);
    }
}
