package dev.nightshift.cli;

import dev.nightshift.announce.Answer;
import dev.nightshift.announce.Tidings;
import dev.nightshift.cli.screen.Views;
import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.GuardLook;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.lint.ToolScripts;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.KubernetesSettings;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.Receiver;
import dev.nightshift.queue.Receipt;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Trouble;
import dev.nightshift.run.Working;
import dev.nightshift.view.AuditTrail;
import dev.nightshift.view.FakeFreezes;
import dev.nightshift.view.Intents;
import dev.nightshift.view.Milestones;
import dev.nightshift.view.Notification;
import dev.nightshift.view.RunReader;
import dev.nightshift.view.StatementTrace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A database with at most one run, and everything else that a command reaches, in memory. */
final class FakeDatabase extends FakeRuns implements CommandPorts, CommandPorts.Access, Supervision {

    final FakeFreezes freezes = new FakeFreezes();
    final List<AuditTrail.Wanted> trails = new ArrayList<>();
    final List<Notification> sent = new ArrayList<>();
    final Map<String, Answer> taken = new HashMap<>();
    Optional<Lookout.At> watched = Optional.empty();
    GuardLook.Seen seen = Views.guards();
    int looks;
    final List<Submitting.Draft> drafts = new ArrayList<>();
    Receipt.Outcome receipt = Receipt.Outcome.SUBMITTED;
    int mostLooks = Integer.MAX_VALUE;

    int opened;
    int closed;

    Supplier<Optional<RunState>> foreground = Optional::empty;
    Optional<Trouble> unreachable = Optional.empty();
    final List<String> pruned = new ArrayList<>();
    List<BackupPrune.Fate> fates = List.of();
    List<String> flaws = List.of();
    Optional<OpenCatalog> catalog = Optional.empty();
    List<StatementTrace> traces = List.of();
    PreflightReport preflight = new PreflightReport(List.of(), List.of());

    static RunRecord record(RunState state) {
        return new RunRecord(new RunId("7f3kmq"), "orders-total-cents", "0123abcd", "", "/plans/orders.yaml", 3, state);
    }

    @Override
    public Access open(DatabaseUrl url) {
        if (unreachable.isPresent()) {
            throw unreachable.get();
        }
        return this;
    }

    @Override
    public Access look(DatabaseUrl url) {
        opened++;
        return open(url);
    }

    @Override
    public Access open(Server server) {
        done.add("asked " + server + " with " + server.token());
        return new Remote();
    }

    /** The same database through somebody else. */
    private final class Remote implements Access {
        @Override
        public boolean isDirect() {
            return false;
        }

        @Override
        public RunReader reader() {
            return FakeDatabase.this;
        }

        @Override
        public Intents intents() {
            return FakeDatabase.this;
        }

        @Override
        public AuditTrail audit() {
            return FakeDatabase.this.audit();
        }

        @Override
        public FakeFreezes freezes() {
            return freezes;
        }

        @Override
        public Milestones milestones() {
            return FakeDatabase.this;
        }

        @Override
        public void close() {}
    }

    @Override
    public Supervision supervision(Optional<KubernetesSettings> kubernetes) {
        return this;
    }

    @Override
    public PlanCheck planCheck() {
        return plan -> preflight;
    }

    @Override
    public Exposition exposition() {
        return (port, plan, database, receivers) -> {
            done.add("showed metrics of " + plan + " in " + database + " on " + port);
            return new FakeExposition(done);
        };
    }

    @Override
    public Hands hands() {
        return (url, run) -> 75;
    }

    @Override
    public Lookout lookout(Lookout.At at) {
        if (unreachable.isPresent()) {
            throw unreachable.get();
        }
        watched = Optional.of(at);
        return new Lookout() {
            @Override
            public GuardLook.Seen look() {
                looks++;
                if (looks > mostLooks) {
                    Thread.currentThread().interrupt();
                }
                return seen;
            }

            @Override
            public void close() {
                done.add("stopped looking");
            }
        };
    }

    @Override
    public BackupProof backups() {
        return new BackupProof() {
            @Override
            public List<String> flaws(Path directory) {
                return flaws;
            }

            @Override
            public List<String> absence(DatabaseUrl url, String id) {
                return flaws;
            }
        };
    }

    @Override
    public BackupPrune prune() {
        return (url, keep, olderThan, dry) -> {
            pruned.add(keep + " " + olderThan + (dry ? " dry" : ""));
            return fates;
        };
    }

    @Override
    public ToolScripts scripts(DatabaseUrl url, boolean connected) {
        return step -> Optional.empty();
    }

    @Override
    public OpenCatalog catalog(DatabaseUrl url) {
        done.add("read the catalog of " + url.database());
        unreachable.ifPresent(trouble -> {
            throw trouble;
        });
        return catalog.orElseThrow(() -> new AssertionError("no catalog is wanted"));
    }

    @Override
    public Tracing tracing() {
        return (scratch, scripts, each) -> {
            scripts.forEach(script -> traces.stream()
                    .filter(trace -> trace.file().equals(script.file()))
                    .forEach(each));
            return traces.stream().noneMatch(StatementTrace::failed);
        };
    }

    @Override
    public Serving serving() {
        return (settings, later, told) -> {
            settings.databases().forEach(one -> done.add("served " + one.name() + " at " + one.url()));
            told.happened("shop", new Event("trouble", "", "no answer"));
            told.runs("shop").happened(record(new Working()), new Event("state", "working", "backup ready"));
        };
    }

    @Override
    public Notifying notifying() {
        return new Notifying() {
            @Override
            public Begun begin(List<Receiver> receivers, DatabaseUrl url, Tidings tidings) {
                receivers.forEach(one -> {
                    done.add("tells " + one.name() + " of " + url.database());
                    tidings.attempted(one.name(), Tidings.Outcome.FAILED);
                    tidings.trouble(one.name(), "cannot be told: HTTP 503; it is tried again");
                });
                return receivers::size;
            }

            @Override
            public Answer send(Receiver receiver, Notification message) {
                sent.add(message);
                return taken.getOrDefault(receiver.name(), Answer.taken("HTTP 200"));
            }
        };
    }

    @Override
    public RunSql runSql() {
        return (url, run) -> "{\"steps\":[]}";
    }

    @Override
    public RunReader reader() {
        return this;
    }

    @Override
    public Intents intents() {
        return this;
    }

    @Override
    public AuditTrail audit() {
        return (wanted, after, most) -> {
            trails.add(wanted);
            return after.isEmpty()
                    ? new AuditTrail.Page(
                            Views.audit().subList(0, 2),
                            Optional.of(AuditTrail.Position.behind(Views.audit().get(1))))
                    : new AuditTrail.Page(Views.audit().subList(2, Views.audit().size()), Optional.empty());
        };
    }

    @Override
    public FakeFreezes freezes() {
        return freezes;
    }

    @Override
    public Milestones milestones() {
        return this;
    }

    @Override
    public void close() {
        closed++;
    }

    @Override
    public Submitting submitting() {
        return draft -> {
            drafts.add(draft);
            return new Receipt(
                    receipt,
                    new RunId("7f3kmq"),
                    draft.plan().name(),
                    draft.plan().hash().hex(),
                    receipt == Receipt.Outcome.SUCCEEDED ? "succeeded" : "planned");
        };
    }

    @Override
    public Submitting submitting(Server server) {
        done.add("submitted to " + server);
        return submitting();
    }

    @Override
    public Optional<RunRecord> run(Plan plan, Path file, String by, Announcer announcer) {
        done.add("ran " + plan.name() + " for " + by);
        return supervise(announcer);
    }

    @Override
    public Optional<RunRecord> takeOver(DatabaseUrl url, RunId run, Announcer announcer) {
        done.add("took over " + run);
        return supervise(announcer);
    }

    private Optional<RunRecord> supervise(Announcer announcer) {
        Optional<RunRecord> end = foreground.get().map(FakeDatabase::record);
        end.ifPresent(
                run -> announcer.happened(run, new Event("state", run.state().word(), "work done")));
        return end;
    }
}
