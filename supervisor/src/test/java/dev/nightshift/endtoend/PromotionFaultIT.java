package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a run goes on after a failover that its supervisor has watched, from what the new primary has. */
@Tag("faults")
class PromotionFaultIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String STANDBY = SlowShop.STANDBY;

    private static final String PLAN = """
            nightshift: 1
            name: orders-total-cents
            database: {url: "%s"}
            replicas: {%s: [%s]}
            backup: none
            steps:
            %s""";

    @Test
    void goes_on_from_the_cursor_on_the_new_primary(@TempDir Path directory) {
        try (Night night = SlowShop.withStandby(directory)) {
            Nightshift run = halfWay(night, "ignore");
            night.failOverTo(STANDBY);

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(promotions(night)).contains("timeline 1").contains("timeline 2 answers");
        }
    }

    @Test
    void stops_and_names_the_replica_that_is_the_primary_now(@TempDir Path directory) {
        try (Night night = SlowShop.withStandby(directory)) {
            Nightshift run = halfWay(night, "required");
            night.failOverTo(STANDBY);

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isNotZero();
            assertThat(night.state()).isEqualTo("failed");
            assertThat(night.ask("SELECT detail::text FROM nightshift.runs"))
                    .contains(STANDBY)
                    .contains("required");
            assertThat(night.count("SELECT count(*) FROM public.orders WHERE touched > 1"))
                    .isZero();
            assertThat(night.count("SELECT sum(touched) FROM public.orders")).isEqualTo(night.rowsDone());
        }
    }

    private static Nightshift halfWay(Night night, String replicaClass) {
        String both = night.primary().url().replaceFirst("(@)([^/]+)", "$1$2," + hostOf(night));
        String plan = PLAN.formatted(both, replicaClass, STANDBY, SlowShop.FILL);
        Nightshift run =
                night.nightshift("--database", both, "run", night.plan(plan).toString());
        SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 3);
        return run;
    }

    private static String hostOf(Night night) {
        return night.cluster.standby(STANDBY).url().replaceFirst(".*@([^/]+)/.*", "$1");
    }

    private static String promotions(Night night) {
        return night.ask("SELECT string_agg(message, ' | ') FROM nightshift.events WHERE kind = 'promoted'");
    }
}
