package dev.nightshift.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ShopLoadIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start(ClusterSettings.primaryOnly());
        Shop.of(5_000).create(cluster.primary());
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void a_load_reads_inserts_changes_and_deletes_but_never_touches() {
        Login migrator = cluster.primary().migrator();
        long before = migrator.number("SELECT count(*) FROM orders");
        LoadSettings settings =
                LoadSettings.of(400).mix(LoadSettings.Mix.WITH_DELETES).withoutTotals();
        try (ShopLoad load = ShopLoad.start(migrator, settings)) {
            Await.until("500 operations are done", SOON, () -> load.report().done() >= 500);
            System.out.println("load: " + load.report());
            assertThat(load.startOver().failed()).isZero();
            assertThat(load.report().done()).isLessThan(500);
        }
        assertThat(migrator.number("SELECT count(*) FROM orders WHERE id > 5000 AND total_cents IS NULL"))
                .isPositive();
        assertThat(migrator.number("SELECT count(*) FROM orders WHERE id <= 5000"))
                .isLessThan(before);
        assertThat(migrator.number("SELECT count(*) FROM orders WHERE note LIKE 'Changed%'"))
                .isPositive();
        assertThat(migrator.number("SELECT count(*) FROM orders WHERE touched > 0"))
                .isZero();
    }

    @Test
    void a_stall_counts_for_every_operation_that_should_have_run() throws IOException {
        try (Relay relay = Relay.to(cluster.primary().port());
                ShopLoad load = ShopLoad.start(cluster.primary().migrator().through(relay), LoadSettings.of(200))) {
            Await.until("it runs", SOON, () -> load.report().done() >= 50);
            load.startOver();
            long frozen = System.nanoTime();
            relay.freeze();
            Await.until("a second has passed", SOON, () -> System.nanoTime() - frozen > 1_000_000_000L);
            relay.thaw();
            Await.until("it has made up for it", SOON, () -> load.report().done() >= 220);

            // Four connections wait through the stall; without the intended starts only they would be slow.
            assertThat(load.report().p50()).isGreaterThan(Duration.ofMillis(100));
            assertThat(load.report().longest()).isGreaterThan(Duration.ofMillis(900));
        }
    }

    @Test
    void a_lost_connection_is_counted_and_made_again() throws IOException {
        try (Relay relay = Relay.to(cluster.primary().port());
                ShopLoad load = ShopLoad.start(cluster.primary().migrator().through(relay), LoadSettings.of(200))) {
            Await.until("it runs", SOON, () -> load.report().done() >= 20);
            relay.cut();
            Await.until("it fails", SOON, () -> load.report().failed() > 0);
            relay.restore();
            long done = load.report().done();
            Await.until("it runs again", SOON, () -> load.report().done() > done + 20);
            assertThat(load.report().failures().keySet()).allMatch(state -> state.startsWith("08"));
        }
    }
}
