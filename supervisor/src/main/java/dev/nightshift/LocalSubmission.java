package dev.nightshift;

import dev.nightshift.cli.Submitting;
import dev.nightshift.cli.findings.LintDocument;
import dev.nightshift.lint.LintWaivers;
import dev.nightshift.lint.Linted;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.SchemaStep;
import dev.nightshift.queue.Order;
import dev.nightshift.queue.Receipt;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.schema.JournalInstaller;
import dev.nightshift.view.Json;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Puts a plan into the queue of its database over a connection of this process. */
final class LocalSubmission implements Submitting {

    private final Vertx vertx;
    private final Map<String, String> environment;
    private final RandomGenerator random = new SecureRandom();

    LocalSubmission(Vertx vertx, Map<String, String> environment) {
        this.vertx = vertx;
        this.environment = environment;
    }

    @Override
    public Receipt submit(Draft draft) {
        Plan plan = draft.plan();
        checkPlace(draft);
        checkStandsAlone(plan);
        checkMigrations(plan);
        try (Site site = new Site(vertx, plan.database(), environment)) {
            List<Linted> found = new LintGate(site.sessions, site.scripts()).pass(plan, draft.file());
            site.installJournal(plan.waives(JournalInstaller.WAIVER, LocalDate.now(ZoneOffset.UTC)));
            Order order = new Order(
                    RunId.random(random),
                    plan,
                    draft.file().toString(),
                    draft.priority(),
                    draft.again(),
                    draft.by(),
                    draft.from());
            Receipt receipt = Waiting.on(site.runs.submit(order, LintWaivers.of(found)));
            if (receipt.outcome() == Receipt.Outcome.SUBMITTED) {
                Waiting.on(site.runs.found(receipt.run(), Json.line(LintDocument.kept(found))));
            }
            return receipt;
        }
    }

    /** What is in the queue of a database is carried out there, whatever its text says. */
    private static void checkPlace(Draft draft) {
        draft.named()
                .filter(named -> !named.isSamePlace(draft.plan().database()))
                .ifPresent(named -> {
                    throw refused(
                            "the plan is for " + named + ", and this queue is that of "
                                    + draft.plan().database(),
                            "submit it there; or leave `database` out of the plan, or name there the host, the port and"
                                    + " the database that you submit it to");
                });
    }

    /** Whoever carries it out may be another machine, where nothing lies beside the plan. */
    private static void checkStandsAlone(Plan plan) {
        List<Path> relative = PlanReader.relativeDirectories(plan.source(), plan.database());
        if (!relative.isEmpty()) {
            throw refused(
                    "the plan names directories that are meant from where its file lies: "
                            + String.join(
                                    ", ",
                                    relative.stream()
                                            .map(path -> path.toString().isEmpty() ? "." : path.toString())
                                            .toList()),
                    "only the text is stored: write absolute directories of the machine where `nightshift serve` runs");
        }
    }

    /** What is not there cannot be linted. */
    private static void checkMigrations(Plan plan) {
        Stream.concat(plan.steps().stream(), plan.abort().stream())
                .filter(SchemaStep.class::isInstance)
                .flatMap(step -> ((SchemaStep) step).locations().stream())
                .filter(directory -> !Files.isDirectory(directory))
                .findFirst()
                .ifPresent(directory -> {
                    throw refused(
                            "there is no directory " + directory
                                    + " here, so the plan's migrations cannot be looked at",
                            "submit it on the machine where `nightshift serve` runs, or through it: --server URL");
                });
    }

    private static Permanent refused(String what, String todo) {
        return new Permanent(new Explanation(what, "submitting the plan", Explanation.NOTHING_CHANGED, todo));
    }
}
