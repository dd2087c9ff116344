package dev.nightshift.bench.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.bench.measure.Commits;
import dev.nightshift.bench.measure.TableFacts;
import dev.nightshift.bench.options.Options;
import dev.nightshift.bench.walk.WalkKind.Batches;
import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Login;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BareLoopIT {
    private static final WalkOptions OPTIONS = WalkOptions.parse("--rows", "6000");

    @Test
    void either_loop_does_every_row_once_in_the_batches_it_was_given(@TempDir Path directory) throws Exception {
        try (Cluster cluster = Cluster.start(ClusterSettings.primaryOnly())) {
            Login login = cluster.primary().migrator();
            Track track = new Track(cluster, OPTIONS, directory);

            assertThat(track.loop(WalkKind.KEY, new Batches(6, 1))).isPositive();
            assertThat(Commits.read(login).all())
                    .extracting(Commits.Commit::rows)
                    .containsOnly(1_000L)
                    .hasSize(6);
            double grownByKey = grown(login);

            assertThat(track.loop(WalkKind.HEAP, new Batches(32, 8))).isPositive();
            assertThat(Commits.read(login).all()).hasSize(32);
            assertThat(grown(login)).isLessThan(grownByKey);
        }
    }

    @Test
    void a_loop_that_keeps_old_values_keeps_those_of_every_row_it_changes(@TempDir Path directory) throws Exception {
        try (Cluster cluster = Cluster.start(ClusterSettings.primaryOnly())) {
            Login login = cluster.primary().migrator();
            Track track = new Track(cluster, OPTIONS, directory);
            for (Loop form : List.of(Loop.JOINED, Loop.LOCKED)) {
                for (WalkKind walk : WalkKind.values()) {
                    track.loop(walk, form, new Batches(32, walk == WalkKind.HEAP ? 8 : 1));

                    assertThat(login.number(
                                    "SELECT count(*) FROM public.orders_bare_old k JOIN public.orders o USING (id)"
                                            + " WHERE k.total_cents IS NULL AND k.touched = 0 AND k.touched_new = o.touched"
                                            + " AND k.total_cents_new = o.total_cents"))
                            .as("%s %s", walk, form)
                            .isEqualTo(6000);
                }
            }
        }
    }

    @Test
    void each_variant_does_every_row_once() throws Exception {
        try (Cluster cluster = Cluster.start(ClusterSettings.primaryOnly())) {
            Variants variants = new Variants(Options.parse(List.of("--rows"), "--rows", "10000"), System.out);
            for (Variant variant : List.of(Variant.PLAIN, Variant.LANES, Variant.VACUUM)) {
                for (WalkKind walk : WalkKind.values()) {
                    assertThat(variants.once(cluster, walk, variant).wal())
                            .as("%s %s", walk, variant)
                            .isPositive();
                }
            }
        }
    }

    /** Both tables had the same size before. */
    private static double grown(Login login) {
        return TableFacts.read(login).bytes();
    }
}
