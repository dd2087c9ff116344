package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.LoadSettings;
import dev.nightshift.sandbox.Processes;
import dev.nightshift.sandbox.ShopLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a worker may be killed at any moment, beside an application that reads and writes the same rows. */
@Tag("faults")
class KilledWorkerFaultIT {

    private static final int KILLS = 5;

    /** No row leaves the step, and only those that are there when it begins belong to it. */
    private static final String COUNT = """
              - backfill:
                  name: count
                  table: public.orders
                  set: {counted: "counted + public.slowly(0.01)"}
                  stable-key: true
                  batch: {rows: 100}
            """;

    @Test
    void five_killed_workers_leave_every_row_done_once(@TempDir Path directory) {
        Random random = seeded();
        try (Night night = SlowShop.alone(directory);
                ShopLoad load = ShopLoad.start(night.primary().migrator(), LoadSettings.of(100))) {
            Nightshift run = SlowShop.fill(night);
            killAtRandom(night, run, random);

            assertThat(run.awaitExit(Duration.ofMinutes(2))).as(run.output()).isZero();
            assertThat(load.report().failed()).as(load.report().toString()).isZero();
            assertThat(night.count("SELECT count(*) FROM nightshift.events WHERE kind = 'worker-lost'"))
                    .isEqualTo(KILLS);
            assertThat(load.report().done()).isPositive();
            SlowShop.assertEveryOrderIsDoneOnce(night);
        }
    }

    @Test
    void five_killed_workers_count_every_row_once_that_no_condition_protects(@TempDir Path directory) {
        Random random = seeded();
        try (Night night = SlowShop.alone(directory)) {
            night.primary().execute("ALTER TABLE public.orders ADD COLUMN counted bigint NOT NULL DEFAULT 0");
            try (ShopLoad load = ShopLoad.start(night.primary().migrator(), LoadSettings.of(100))) {
                Nightshift run = night.nightshift(
                        "run", night.plan(SlowShop.plan(night, COUNT)).toString());
                killAtRandom(night, run, random);

                assertThat(run.awaitExit(Duration.ofMinutes(2)))
                        .as(run.output())
                        .isZero();
                assertThat(load.report().failed()).as(load.report().toString()).isZero();
            }
            assertThat(night.count("SELECT count(*) FROM public.orders WHERE counted = 1 AND id <= " + SlowShop.ORDERS))
                    .isEqualTo(SlowShop.ORDERS);
            assertThat(night.count("SELECT count(*) FROM public.orders WHERE counted > 1"))
                    .isZero();
            assertThat(night.rowsDone())
                    .as("rows done, as the journal counts them")
                    .isEqualTo(night.count("SELECT sum(counted) FROM public.orders"));
        }
    }

    /** Each kill falls somewhere into its own fifth of the rows. */
    private static void killAtRandom(Night night, Nightshift run, Random random) {
        for (int kill = 0; kill < KILLS; kill++) {
            SlowShop.awaitRowsDone(night, (long) (SlowShop.ORDERS * 0.95 * (kill + random.nextDouble()) / KILLS));
            Processes.kill(run.awaitWorker().pid());
        }
    }

    private static Random seeded() {
        long seed = System.nanoTime();
        System.out.println("KilledWorkerFaultIT: seed " + seed);
        return new Random(seed);
    }
}
