package dev.nightshift.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ShopIT {
    @Test
    void a_shop_has_the_rows_it_was_asked_for() {
        try (Cluster cluster = Cluster.start(ClusterSettings.primaryOnly())) {
            long begin = System.nanoTime();
            Shop.of(100_000).createAndCheckpoint(cluster.primary());
            System.out.printf("shop of 100,000 orders: %d ms%n", (System.nanoTime() - begin) / 1_000_000);

            Login migrator = cluster.primary().migrator();
            assertThat(migrator.number("SELECT count(*) FROM orders WHERE total_cents IS NULL AND touched = 0"))
                    .isEqualTo(100_000);
            assertThat(migrator.number("SELECT count(*) FROM events")).isEqualTo(25_000);
            assertThat(migrator.number("SELECT count(*) FROM order_lines")).isEqualTo(50_000);
            assertThat(migrator.number("INSERT INTO orders (public_id, customer_id, amount, currency, status, note,"
                            + " created_at) VALUES (gen_random_uuid(), 1, 1, 'EUR', 'paid', '', now()) RETURNING id"))
                    .isEqualTo(100_001);
            assertThat(
                            migrator.rows(
                                    "SELECT avg(length(note))::int AS length, pg_relation_size('orders') / 100000 AS bytes FROM orders"))
                    .singleElement()
                    .satisfies(row -> System.out.println("order: " + row));
        }
    }
}
