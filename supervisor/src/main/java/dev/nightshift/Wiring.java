package dev.nightshift;

import dev.nightshift.announce.Tidings;
import dev.nightshift.backup.Backups;
import dev.nightshift.backup.DumpBackup;
import dev.nightshift.backup.KeptBackup;
import dev.nightshift.backup.Pruner;
import dev.nightshift.backup.Pruning;
import dev.nightshift.cli.BackupProof;
import dev.nightshift.cli.BackupPrune;
import dev.nightshift.cli.Cli;
import dev.nightshift.cli.CommandPorts;
import dev.nightshift.cli.Exposition;
import dev.nightshift.cli.Hands;
import dev.nightshift.cli.Lookout;
import dev.nightshift.cli.Notifying;
import dev.nightshift.cli.PlanCheck;
import dev.nightshift.cli.RunSql;
import dev.nightshift.cli.Serving;
import dev.nightshift.cli.Submitting;
import dev.nightshift.cli.Supervision;
import dev.nightshift.cli.Tracing;
import dev.nightshift.http.MetricsServer;
import dev.nightshift.http.client.ApiAccess;
import dev.nightshift.lint.ToolScripts;
import dev.nightshift.metrics.NotificationMetrics;
import dev.nightshift.metrics.RunMetrics;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.KubernetesSettings;
import dev.nightshift.postgres.EventLoops;
import dev.nightshift.postgres.Passwords;
import dev.nightshift.postgres.PgAccess;
import dev.nightshift.postgres.PgBackupJournal;
import dev.nightshift.postgres.PgCatalog;
import dev.nightshift.postgres.PgLintCatalog;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.postgres.PgTracing;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.worker.Dumps;
import dev.nightshift.worker.Worker;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Joins the commands to the world; what a command does not need is never made. */
final class Wiring implements CommandPorts, AutoCloseable {

    private final Map<String, String> environment;
    private @Nullable Vertx vertx;

    Wiring(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Access open(DatabaseUrl url) {
        return PgAccess.open(PgSessions.of(vertx(), url, environment));
    }

    @Override
    public Access look(DatabaseUrl url) {
        return PgAccess.look(PgSessions.of(vertx(), url, environment));
    }

    @Override
    public Access open(Server server) {
        return ApiAccess.open(server);
    }

    @Override
    public OpenCatalog catalog(DatabaseUrl url) {
        return PgLintCatalog.open(PgSessions.of(vertx(), url, environment));
    }

    @Override
    public ToolScripts scripts(DatabaseUrl url, boolean connected) {
        return Adapters.scripts(url, environment, connected);
    }

    @Override
    public Supervision supervision(Optional<KubernetesSettings> kubernetes) {
        return new LocalSupervision(vertx(), environment, ClusterWorkforce.of(vertx(), kubernetes, environment));
    }

    @Override
    public Submitting submitting() {
        return new LocalSubmission(vertx(), environment);
    }

    @Override
    public Submitting submitting(Server server) {
        return draft -> ApiAccess.open(server).submit(draft);
    }

    @Override
    public PlanCheck planCheck() {
        return plan -> {
            try (Site site = new Site(vertx(), plan.database(), environment)) {
                return site.preflight(site.reading(), true).look(plan);
            }
        };
    }

    @Override
    public Exposition exposition() {
        return (port, plan, database, receivers) -> {
            RunMetrics metrics = new RunMetrics(plan, database, Cli.version(), Instant::now);
            return new ShownMetrics(
                    metrics, metrics.tells(receivers), MetricsServer.listen(vertx(), port, metrics, System::nanoTime));
        };
    }

    @Override
    public Hands hands() {
        return (url, run) -> work(url, run);
    }

    @Override
    public Tracing tracing() {
        return new PgTracing(url -> PgSessions.of(vertx(), url, environment));
    }

    @Override
    public Serving serving() {
        return new LocalServing(vertx(), environment);
    }

    @Override
    public Notifying notifying() {
        return new LocalNotifying(environment);
    }

    @Override
    public RunSql runSql() {
        return this::readSql;
    }

    private String readSql(DatabaseUrl url, RunId id) {
        try (Site site = new Site(vertx(), url, environment)) {
            RunRecord run = Waiting.on(Tenure.over(site.control, "").journal().load(id));
            return StepSqlDocument.write(site.reading().of(StoredPlans.of(run, url)));
        }
    }

    @Override
    public Lookout lookout(Lookout.At at) {
        return LocalLookout.open(vertx(), at, environment);
    }

    @Override
    public BackupProof backups() {
        return new BackupProof() {
            @Override
            public List<String> flaws(Path directory) {
                return Backups.verify(directory, environment).problems();
            }

            @Override
            public List<String> absence(DatabaseUrl url, String id) {
                return askFor(url, id);
            }
        };
    }

    private List<String> askFor(DatabaseUrl url, String id) {
        try (Site site = new Site(vertx(), url, environment)) {
            KeptBackup backup = Backups.find(new PgBackupJournal(site.sessions), id);
            RunRecord run = Waiting.on(Tenure.over(site.control, "").journal().load(backup.run()));
            return Backups.absence(backup, StoredPlans.of(run, url), Adapters.providers(environment));
        }
    }

    @Override
    public BackupPrune prune() {
        return (url, keep, olderThan, dry) -> {
            PgBackupJournal journal = new PgBackupJournal(PgSessions.of(vertx(), url, environment));
            Pruner pruner = new Pruner(journal);
            return new Pruning(keep, olderThan)
                    .of(journal.withRuns()).stream()
                            .map(fate -> pruned(fate, pruner, dry))
                            .toList();
        };
    }

    private static BackupPrune.Fate pruned(Pruning.Fate fate, Pruner pruner, boolean dry) {
        KeptBackup backup = fate.backup();
        Optional<String> broken = dry || fate.stays().isPresent() ? Optional.empty() : pruner.delete(backup);
        return new BackupPrune.Fate(backup.id(), backup.location(), fate.stays(), broken);
    }

    private record ShownMetrics(RunMetrics announcer, NotificationMetrics notifications, MetricsServer server)
            implements Exposition.Shown {
        @Override
        public int port() {
            return server.port();
        }

        @Override
        public void attempted(String receiver, Tidings.Outcome outcome) {
            notifications.attempted(receiver, outcome);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private int work(DatabaseUrl url, RunId run) {
        PgSessions sessions = PgSessions.of(vertx(), url, environment);
        Dumps dumps = DumpBackup.of(
                new PgCatalog(sessions), new PgBackupJournal(sessions), Passwords.find(url, environment), environment);
        Worker worker = WorkerMain.worker(
                sessions, dumps, Adapters.migrations(url, environment), PlacedTools.of(url, run, environment));
        Worker.Leaving leaving = WorkerMain.run(run, worker, environment);
        leaving.why().ifPresent(why -> System.err.println(why));
        return leaving.exit().code();
    }

    private Vertx vertx() {
        Vertx open = vertx;
        if (open == null) {
            open = EventLoops.create();
            vertx = open;
        }
        return open;
    }

    @Override
    public void close() {
        if (vertx != null) {
            Waiting.on(vertx.close());
        }
    }
}
