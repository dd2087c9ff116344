package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.ClusterSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbortIncompleteIT {

    private static final String PLAN = """
            nightshift: 1
            name: doomed
            database: {url: "%URL%"}
            replicas: none
            backup: none
            steps:
              - verify: {name: never, sql: SELECT false}
            abort:
              - statement: {name: undo, sql: "COMMENT ON TABLE public.not_there IS 'half filled'"}
              - statement: {name: after, sql: "DROP INDEX CONCURRENTLY IF EXISTS public.orders_total_idx"}
            """;

    @Test
    void an_abort_plan_that_cannot_be_finished_exits_seven_with_the_sql_that_is_left(@TempDir Path directory) {
        try (Night night = Night.start(directory, 100, ClusterSettings.primaryOnly())) {
            Nightshift run = night.nightshift("run", night.plan(PLAN).toString());

            assertThat(run.awaitExit(Duration.ofMinutes(2))).as(run.output()).isEqualTo(7);
            assertThat(night.state()).isEqualTo("abort-incomplete");
            assertThat(run.output())
                    .contains("verification never answered false instead of true")
                    .contains("COMMENT ON TABLE public.not_there IS 'half filled'; -- undo: ")
                    .contains("DROP INDEX CONCURRENTLY IF EXISTS public.orders_total_idx; -- after: not tried")
                    .contains("nightshift retry");
        }
    }
}
