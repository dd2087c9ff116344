package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.demo.DemoPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs from containers of the image against a real primary; {@code .ci/image} builds it and starts an engine. */
class ImageIT {

    private static final String IMAGE = System.getProperty("nightshift.image", "");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int TERMINATED = 143;
    private static final long ORDERS = 100_000;

    @BeforeAll
    static void needs_an_image() {
        if (IMAGE.isEmpty()) {
            System.out.println("no image is tested: -Dnightshift.image=… names one, and .ci/image builds it");
        }
        assumeTrue(!IMAGE.isEmpty(), "no -Dnightshift.image");
    }

    @Test
    void carries_out_the_plan_of_the_demo_without_rights_and_without_a_place_to_write_to(@TempDir Path directory)
            throws IOException {
        try (Night night = Night.start(directory, ORDERS, ClusterSettings.withStandbys(DemoPlan.STANDBY))) {
            night.primary().execute("ALTER TABLE public.orders DROP COLUMN total_cents", DemoPlan.HISTORY);
            DemoPlan demo = new DemoPlan(directory);
            Path plan = demo.write(night.primary().url());
            open(directory, "rwxr-xr-x");
            open(demo.backups(), "rwxrwxrwx");

            try (Container run = Container.start(IMAGE, night.primary(), directory, "run", plan.toString())) {
                assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            }

            assertThat(night.state()).isEqualTo("succeeded");
            assertThat(night.count("SELECT count(*) FROM public.orders WHERE touched = 1"))
                    .isEqualTo(ORDERS);
            assertThat(night.count("SELECT count(*) FROM nightshift.backups WHERE state = 'verified'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void parks_with_143_on_sigterm_and_another_container_finishes_the_run(@TempDir Path directory) throws IOException {
        try (Night night = SlowShop.alone(directory)) {
            Path plan = night.plan(SlowShop.plan(night, SlowShop.FILL));
            open(directory, "rwxr-xr-x");
            try (Container first = Container.start(IMAGE, night.primary(), directory, "run", plan.toString())) {
                SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
                first.terminate();
                assertThat(first.awaitExit(PATIENCE)).as(first.output()).isEqualTo(TERMINATED);
            }
            SlowShop.awaitNoSession(night);
            assertThat(night.rowsDone()).isBetween(SlowShop.ORDERS / 10, SlowShop.ORDERS - 1);

            try (Container second = Container.start(IMAGE, night.primary(), directory, "resume")) {
                assertThat(second.awaitExit(PATIENCE)).as(second.output()).isZero();
            }
            SlowShop.assertEveryOrderIsDoneOnce(night);
        }
    }

    /** Also what is in it: a user without a name reads the plan. */
    private static void open(Path directory, String permissions) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
        }
    }
}
