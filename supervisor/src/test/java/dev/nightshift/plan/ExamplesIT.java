package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The SQL of every example does on a shop what the example says, without the machinery that runs plans. */
class ExamplesIT {

    @Test
    void the_steps_of_every_example_fit_the_shop_and_so_do_their_abort_steps() throws SQLException, IOException {
        try (Cluster cluster = Cluster.start(ClusterSettings.primaryOnly())) {
            Shop.of(2_000).create(cluster.primary());
            cluster.primary()
                    .execute(
                            "CREATE TABLE public.tickets (id serial PRIMARY KEY, subject text NOT NULL)",
                            "INSERT INTO public.tickets (subject) SELECT 'ticket ' || g FROM generate_series(1, 500) g");
            for (Path file : Examples.files()) {
                Plan plan = ((PlanReading.Accepted)
                                PlanReader.read(file.toString(), Examples.text(file), Examples.DIRECTORY))
                        .plan();
                try (Connection connection = cluster.primary().connect();
                        Statement session = connection.createStatement()) {
                    session.execute("SET search_path = pg_catalog");
                    for (Step step : Stream.concat(plan.steps().stream(), plan.abort().stream())
                            .toList()) {
                        carryOut(step, session);
                    }
                }
            }
        }
    }

    private static void carryOut(Step step, Statement session) throws SQLException, IOException {
        if (step instanceof RestoreStep) {
            return; // There is no table of old values without the machinery that keeps them.
        }
        if (step instanceof WalkStep walk) {
            assertThat(session.executeUpdate(
                            sql(walk) + " WHERE (" + walk.where().orElse("true") + ")"))
                    .as(step.name())
                    .isPositive();
        } else if (step instanceof StatementStep statement) {
            execute(statement.statement(), session);
        } else if (step instanceof VerifyStep verify) {
            try (ResultSet answer = session.executeQuery(verify.sql())) {
                assertThat(answer.next()).as(step.name()).isTrue();
                assertThat(answer.getObject(1)).as(step.name()).isEqualTo(true);
                assertThat(answer.next()).as(step.name()).isFalse();
            }
        } else if (step instanceof SchemaStep schema) {
            for (Path migration : migrations(schema)) {
                session.execute(Files.readString(migration));
            }
        }
    }

    private static String sql(WalkStep step) {
        String table = step.table().quoted();
        if (step instanceof DeleteStep) {
            return "DELETE FROM " + table;
        }
        boolean copies = step instanceof CopyStep;
        String columns = step.set().entrySet().stream()
                .map(entry -> new Identifier(entry.getKey()).quoted() + (copies ? "" : " = (" + entry.getValue() + ")"))
                .collect(Collectors.joining(", "));
        return copies
                ? "INSERT INTO " + table + " (" + columns + ") SELECT "
                        + String.join(", ", step.set().values()) + " FROM "
                        + step.walked().quoted()
                : "UPDATE " + table + " SET " + columns;
    }

    private static void execute(SqlStatement statement, Statement session) throws SQLException {
        session.getConnection().setAutoCommit(statement.runsOutsideTransaction());
        session.execute(statement.text());
        if (!statement.runsOutsideTransaction()) {
            session.getConnection().commit();
        }
        session.getConnection().setAutoCommit(true);
    }

    /** Those up to the target that no earlier step of the same plan has applied: each example's steps meet in one. */
    private static List<Path> migrations(SchemaStep step) throws IOException {
        int target = Integer.parseInt(step.target().orElseThrow());
        int from = target == 1 ? 1 : 2;
        try (Stream<Path> files = Files.list(step.locations().get(0))) {
            return files.filter(file -> version(file) >= from && version(file) <= target)
                    .sorted()
                    .toList();
        }
    }

    private static int version(Path file) {
        return Integer.parseInt(file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1"));
    }
}
