package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.Claim;
import dev.nightshift.run.Working;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The SQL of the runbooks, tried as it stands there on a run with a permit, a claim and a worker's session. */
class RunbookSqlIT {

    private static final Path RUNBOOKS = Path.of("..", "runbooks");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sql\\n(.*?)^```$");

    private final JournaledRun run = new JournaledRun();

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void an_abort_by_hand_revokes_the_permit_raises_the_epoch_and_ends_the_sessions() throws Exception {
        work();
        List<String> blocks = blocks(RUNBOOKS.resolve("abort-by-hand.md"));
        assertThat(blocks).hasSize(5);
        try (Connection worker = run.database.connect(Claim.sessionPrefix(JournaledRun.ID) + "0/batch")) {
            assertThat(worker.isValid(2)).isTrue();
            blocks.subList(0, 4).forEach(block -> statements(block).forEach(run.database::asSuperuser));

            assertThat(worker.isValid(2)).isFalse();
        }
        fenced();
        assertThat(run.database.text("SELECT kind || ' ' || reason FROM nightshift.intents"))
                .isEqualTo("abort why it is aborted");
        assertThat(columns(blocks.get(3))).isEqualTo("7f3kmq t 1 t");
    }

    @Test
    void the_bare_statements_fence_the_worker_off_as_well() throws Exception {
        work();
        statements(blocks(RUNBOOKS.resolve("abort-by-hand.md")).get(4)).forEach(run.database::asSuperuser);

        fenced();
    }

    @Test
    void every_statement_of_every_runbook_is_understood() throws IOException {
        run.in(new Working());
        try (Stream<Path> files = Files.list(RUNBOOKS)) {
            List<String> all = files.filter(file -> !file.endsWith("abort-by-hand.md"))
                    .flatMap(file -> blocks(file).stream())
                    .flatMap(block -> statements(block).stream())
                    .toList();
            assertThat(all).hasSizeGreaterThan(3);
            all.forEach(run.database::asSuperuser);
        }
    }

    private void work() {
        run.in(new Working());
        Instant later = Instant.now().plusSeconds(600);
        Patiently.done("test", run.permits.grant(JournaledRun.ID, OptionalLong.empty(), later));
        assertThat(run.database.text("SELECT revoked FROM nightshift.permits")).isEqualTo("false");
    }

    private void fenced() {
        assertThat(run.database.text("SELECT revoked || ' ' || valid_until FROM nightshift.permits"))
                .isEqualTo("true -infinity");
        assertThat(run.database.text("SELECT epoch || ' ' || (token IS NULL) FROM nightshift.claims"))
                .isEqualTo("1 true");
    }

    private String columns(String block) {
        String query = statements(block).get(0);
        return run.database.text(
                "SELECT concat_ws(' ', q.id, q.permit_revoked, q.epoch, q.nobody_has_it) FROM (" + query + ") q");
    }

    private static List<String> blocks(Path file) {
        try {
            return BLOCK.matcher(Files.readString(file))
                    .results()
                    .map((MatchResult block) -> block.group(1))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> statements(String block) {
        return Arrays.stream(block.split(";\\s*(?:\\n|$)", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }
}
