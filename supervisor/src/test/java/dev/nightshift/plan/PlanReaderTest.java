package dev.nightshift.plan;

import static dev.nightshift.plan.Plans.FULL;
import static dev.nightshift.plan.Plans.SMALL;
import static dev.nightshift.plan.Plans.accepted;
import static dev.nightshift.plan.Plans.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.Limit;
import dev.nightshift.guards.guard.Limits;
import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.time.Days;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanReaderTest {

    @Test
    void reads_every_key_of_a_full_plan() {
        Plan plan = accepted(FULL);

        assertThat(plan.name()).isEqualTo("orders-total-cents");
        assertThat(plan.source()).isEqualTo(FULL);
        assertThat(plan.database().host()).isEqualTo(new DatabaseUrl.Host("primary.shop", 5432));
        assertThat(plan.replicas())
                .isEqualTo(DeclaredReplicas.listed(List.of(
                        Declared.of("standby-a", ReplicaClass.REQUIRED),
                        Declared.of("standby-b", ReplicaClass.REQUIRED),
                        Declared.of("reports", ReplicaClass.BEST_EFFORT),
                        Declared.delayed("standby-dr", Duration.ofHours(1)),
                        Declared.of("cdc", ReplicaClass.LOGICAL),
                        Declared.of("old", ReplicaClass.IGNORE))));
        assertThat(plan.windowSpec())
                .contains(new WindowSpec(
                        "0 1 * * 1-5",
                        Duration.ofHours(4),
                        ZoneId.of("Europe/Paris"),
                        List.of(Days.parse("2026-12-24"), Days.parse("2026-12-28..2027-01-03"))));
        assertThat(plan.backup())
                .isEqualTo(new BackupSpec.Dump(
                        Path.of("/backups"),
                        4,
                        List.of(new TableName("public", "orders")),
                        BackupSpec.Verification.READABLE,
                        Duration.ofHours(24)));
        assertThat(plan.waivers())
                .containsExactly(
                        new Waiver("PF-LONG-XACT", "nightly report, reads another schema", LocalDate.of(2026, 12, 31)));
    }

    @Test
    void reads_every_kind_of_step() {
        Plan plan = accepted(FULL);

        assertThat(plan.steps())
                .containsExactly(
                        new SchemaStep(
                                "expand",
                                List.of(Path.of("/plans/db/migration")),
                                Optional.of("42"),
                                Optional.of("41")),
                        new BackfillStep(
                                "fill",
                                new TableName("public", "orders"),
                                Map.of("total_cents", "(amount * 100)::bigint", "Note", "''"),
                                Optional.of("total_cents IS NULL"),
                                Walk.KEY,
                                new BatchLimits(2000, Duration.ofMillis(400)),
                                false,
                                true,
                                true),
                        new StatementStep(
                                "index", "CREATE INDEX CONCURRENTLY orders_total_idx ON public.orders (total_cents)"),
                        new VerifyStep("no-gaps", "SELECT count(*) = 0 FROM public.orders WHERE total_cents IS NULL"),
                        new HoldStep("before-contract"));
        assertThat(plan.abort())
                .containsExactly(
                        new StatementStep("drop-index", "DROP INDEX CONCURRENTLY IF EXISTS public.orders_total_idx"),
                        new RestoreStep(
                                "back",
                                (BackfillStep) plan.steps().get(1),
                                new BatchLimits(1000, BatchLimits.DEFAULT.time())));
        assertThat(((RestoreStep) plan.abort().get(1)).walked()).hasToString("public.orders_fill_old");
    }

    @Test
    void limits_replace_the_defaults_of_their_guard_only() {
        GuardSettings guards = accepted(FULL).guards();

        double mib = 1 << 20;
        assertThat(guards.of(GuardKind.REPLICA_BYTES))
                .isEqualTo(new Limits(
                        Limit.of(64 * mib), Limit.of(256 * mib).lasting(Duration.ofSeconds(3)), Limit.of(4096 * mib)));
        assertThat(guards.of(GuardKind.REPLICA_MISSING)).isEqualTo(GuardKind.REPLICA_MISSING.defaults());
    }

    @Test
    void a_small_plan_discovers_its_replicas_and_is_always_in_its_window() {
        Plan plan = accepted(SMALL);

        assertThat(plan.replicas()).isEqualTo(DeclaredReplicas.DISCOVER);
        assertThat(plan.windowSpec()).isEmpty();
        assertThat(plan.backup()).isEqualTo(new BackupSpec.None());
        assertThat(plan.guards()).isEqualTo(GuardSettings.DEFAULTS);
    }

    @Test
    void the_hash_is_the_sha_256_of_the_text() {
        assertThat(PlanHash.of("").hex()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(accepted(SMALL).hash())
                .isEqualTo(PlanHash.of(SMALL))
                .hasToString(PlanHash.of(SMALL).hex().substring(0, 12));
    }

    @Test
    void the_database_that_the_caller_was_told_wins() {
        DatabaseUrl other = DatabaseUrl.parse("postgresql://m@other/shop");

        PlanReading reading = PlanReader.read("plan.yaml", SMALL, Plans.DIRECTORY, Optional.of(other));

        assertThat(((PlanReading.Accepted) reading).plan().database()).isEqualTo(other);
    }

    @Test
    void a_plan_without_database_needs_one_from_outside() {
        String plan = SMALL.replaceAll("(?m)^database.*\n", "");

        assertThat(problems(plan))
                .containsExactly("plan.yaml:1:1: database: expected `database: {url: …}` here, or NIGHTSHIFT_DATABASE,"
                        + " found neither");
        assertThat(PlanReader.read(
                        "plan.yaml",
                        plan,
                        Plans.DIRECTORY,
                        Optional.of(DatabaseUrl.parse("postgresql://m@other/shop"))))
                .isInstanceOf(PlanReading.Accepted.class);
    }
}
