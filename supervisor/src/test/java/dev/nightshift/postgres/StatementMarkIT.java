package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.sandbox.Await;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class StatementMarkIT {

    private static final Stage STAGE = new Stage();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @Test
    void a_cancel_that_comes_late_never_hits_the_next_statement_of_the_session() {
        try (ControlLine beside = new ControlLine(STAGE.sessions, SessionSettings.control("nightshift/test/beside"));
                PgSession session = STAGE.sessions.session(SessionSettings.patient("nightshift/test/long"))) {
            CompletableFuture<RowSet<Row>> first = sleeping(session, 0.2);
            StatementMark mark = awaitMark(session, beside);
            first.join();
            CompletableFuture<RowSet<Row>> next = sleeping(session, 3600);
            StatementMark present = awaitMark(session, beside);

            assertThat(present.queryStart()).isAfter(mark.queryStart());
            assertThat(mark.cancel(beside)).isFalse();
            assertThat(next).isNotDone();
            assertThat(present.cancel(beside)).isTrue();
            assertThatThrownBy(next::join).hasMessageContaining("canceling statement due to user request");
            assertThat(present.cancel(beside)).isFalse();
        }
    }

    private static CompletableFuture<RowSet<Row>> sleeping(PgSession session, double seconds) {
        return CompletableFuture.supplyAsync(
                () -> session.run("SELECT pg_sleep(" + seconds + ")", Duration.ofMinutes(5)));
    }

    private static StatementMark awaitMark(PgSession session, ControlLine beside) {
        Await.until(
                "a statement under way",
                PATIENCE,
                () -> StatementMark.of(session, beside).isPresent());
        return StatementMark.of(session, beside).orElseThrow();
    }
}
