package dev.nightshift.http.page;

import dev.nightshift.http.api.Book;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Intent;
import dev.nightshift.run.Planned;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Working;
import dev.nightshift.view.AuditTrail;
import dev.nightshift.view.BackupView;
import dev.nightshift.view.Chronicle;
import dev.nightshift.view.EventView;
import dev.nightshift.view.FakeFreezes;
import dev.nightshift.view.Intents;
import dev.nightshift.view.Milestones;
import dev.nightshift.view.NextStep;
import dev.nightshift.view.QueueView;
import dev.nightshift.view.RunReader;
import dev.nightshift.view.RunSummary;
import dev.nightshift.view.RunView;
import dev.nightshift.view.StatusView;
import dev.nightshift.view.SupervisorView;
import dev.nightshift.view.WindowView;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A night's run in memory: it moves while it is looked at, and does what it is told. */
final class NightBook implements Book, Book.Pages, RunReader, Chronicle, Intents {

    static final RunId RUN = new RunId("7f3kmq");

    final FakeFreezes freezes = new FakeFreezes();

    final Map<String, Long> numbers = new HashMap<>();
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();
    final List<EventView> events = new CopyOnWriteArrayList<>();
    volatile RunState state = new Working();
    volatile Instant since = Instant.now().minusSeconds(540);
    private final Instant begun = Instant.now().minusSeconds(3_540);
    private final String database;
    private final String word;
    private final NightScene scene;

    /** @param word what stands wherever a person or a plan may write: names, SQL, reasons */
    NightBook(String database, String word) {
        this.database = database;
        this.word = word;
        this.scene = new NightScene(RUN, word, begun);
        tell(3_540, "state", "preflight", "window opened");
        tell(3_500, "state", "backup", "preflight passed");
        tell(3_380, "state", "working", "backup ready");
        tell(1_900, "slowed", "standby-a", "replica lag standby-a 2.4 s > 2 s");
        tell(1_860, "full-pace", "standby-a", "9.60 MiB/s of WAL");
        tell(1_310, "held", "guard", "replica lag standby-a 5.3 s > 5 s");
        tell(1_255, "released", "guard", "by guards");
        tell(700, "held", "operator", "ann@desk: deploy of checkout " + word);
        tell(540, "released", "operator", "by ann@desk");
    }

    private void tell(long ago, String kind, String subject, String message) {
        events.add(new EventView(events.size() + 1, Instant.now().minusSeconds(ago), kind, subject, message));
    }

    void become(RunState next, String message) {
        state = next;
        since = Instant.now();
        tell(0, "state", next.word(), message);
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public <T> Future<T> ask(Function<Pages, T> question) {
        try {
            return Future.succeededFuture(question.apply(this));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    @Override
    public RunReader reader() {
        return this;
    }

    @Override
    public Chronicle chronicle() {
        return this;
    }

    @Override
    public Intents intents() {
        return this;
    }

    @Override
    public AuditTrail audit() {
        return (wanted, after, most) -> new AuditTrail.Page(List.of(), Optional.empty());
    }

    @Override
    public FakeFreezes freezes() {
        return freezes;
    }

    @Override
    public Milestones milestones() {
        throw new UnsupportedOperationException("the page waits for nothing");
    }

    private RunView run() {
        return new RunView(
                RUN,
                "orders-total-cents" + word,
                "5f0c9a1e",
                "shop",
                state,
                since,
                begun,
                Optional.of(begun),
                state.isEnd() ? Optional.of(since) : Optional.empty(),
                "ann@desk" + word);
    }

    @Override
    public Optional<StatusView> status(Optional<RunId> run) {
        if (run.isPresent() && !run.get().equals(RUN)) {
            return Optional.empty();
        }
        scene.goOn();
        Instant now = Instant.now();
        return Optional.of(new StatusView(
                now,
                run(),
                scene.steps(),
                Optional.of(scene.worker(state instanceof Working)),
                Optional.of(scene.glance(now)),
                Optional.of(scene.backup()),
                Optional.of(new WindowView(true, now.plusSeconds(9_000), ZoneId.of("Europe/Paris"))),
                Optional.of(new SupervisorView("nightshift-0/7", now.plusSeconds(8))),
                events.subList(Math.max(0, events.size() - 5), events.size())));
    }

    @Override
    public List<RunView> runs(int most) {
        RunView now = run();
        return List.of(
                now,
                new RunView(
                        new RunId("2qd81x"),
                        "tickets-bigint-key",
                        "1be0",
                        "shop",
                        new Succeeded(),
                        begun.minusSeconds(80_000),
                        begun.minusSeconds(86_400),
                        Optional.of(begun.minusSeconds(86_300)),
                        Optional.of(begun.minusSeconds(80_000)),
                        "ben@desk"));
    }

    @Override
    public QueueView queue() {
        return state instanceof Planned
                ? new QueueView(
                        Optional.empty(),
                        List.of(new QueueView.Waits(run(), 0, "its window opens 2026-03-03T01:00+01:00" + word)))
                : QueueView.EMPTY;
    }

    @Override
    public Future<String> submit(Book.Entry entry) {
        throw new AssertionError("nothing is submitted by the page");
    }

    @Override
    public List<EventView> events(RunId run, int most) {
        return events.subList(Math.max(0, events.size() - most), events.size());
    }

    @Override
    public Optional<RunSummary> summary(RunId run) {
        Instant now = Instant.now();
        return Optional.of(new RunSummary(
                run(),
                now,
                Duration.between(begun, state.isEnd() ? since : now),
                1_840_000,
                1_460_000_000L,
                OptionalLong.of(1_900_000_000L),
                List.of(new RunSummary.Peak("replica lag", "standby-a", "5.3 s", "5 s", now.minusSeconds(1_310))),
                List.of(
                        new RunSummary.Interruption("slowed", "replica lag", Duration.ofSeconds(40), 1),
                        new RunSummary.Interruption("held", "operator ann@desk", Duration.ofSeconds(160), 1)),
                Optional.of(scene.backup()),
                scene.steps(),
                List.of(),
                events,
                NextStep.of(run(), Optional.of(scene.backup()))));
    }

    @Override
    public List<BackupView> backups(int most) {
        return List.of(scene.backup());
    }

    @Override
    public List<RunEventView> events(OptionalLong after, int most) {
        return events.stream()
                .filter(event -> event.id() > after.orElse(0))
                .limit(most)
                .map(event -> new RunEventView(RUN, event))
                .toList();
    }

    @Override
    public List<ReadingView> readings(RunId run, Instant since, int most) {
        List<ReadingView> all = scene.readings(since);
        return all.subList(0, Math.min(most, all.size()));
    }

    @Override
    public Optional<PlanView> plan(RunId run) {
        String text = """
                nightshift: 1
                name: orders-total-cents
                database: {url: "postgresql://migrator@primary.shop:5432/shop"}
                replicas: {required: [standby-a, standby-b]}
                backup: {dump: {directory: /backups/shop, jobs: 4}, verify: readable}
                steps:
                  - backfill: {name: fill, table: public.orders, set: {total_cents: "(amount * 100)::bigint"}}
                """;
        return Optional.of(new PlanView(
                RUN, "orders-total-cents", "5f0c9a1e", text + "# " + word + "\n", Optional.of(List.of(finding()))));
    }

    private Map<String, Object> finding() {
        Map<String, Object> finding = new HashMap<>();
        finding.put("rule", "IDX-CONCURRENT-NOT-RERUNNABLE");
        finding.put("severity", "warn");
        finding.put("file", "plans/orders.yaml" + word);
        finding.put("line", 8);
        finding.put("column", 5);
        finding.put("relation", "public.orders");
        finding.put("lock", "");
        finding.put("message", "a build that failed leaves its name taken, and the next try fails at it" + word);
        finding.put("instead", "DROP INDEX CONCURRENTLY IF EXISTS first" + word);
        finding.put("waived", false);
        finding.put("reason", "");
        return finding;
    }

    @Override
    public Optional<IntentView> intent(long number) {
        if (number < 1 || number > asked.size()) {
            return Optional.empty();
        }
        Asked one = asked.get((int) number - 1);
        String kind = one.kind().name().toLowerCase(Locale.ROOT);
        return Optional.of(new IntentView(
                number,
                RUN,
                kind,
                one.immediate(),
                one.reason(),
                one.by(),
                one.from(),
                since,
                Optional.of(since),
                Optional.of(kind.equals("pause") ? "paused" : kind)));
    }

    @Override
    public Optional<IntentView> intentOf(String key) {
        return Optional.ofNullable(numbers.get(key)).flatMap(this::intent);
    }

    @Override
    public long ask(Asked command) {
        asked.add(command);
        if (command.kind() == Intent.Kind.PAUSE) {
            Holder holder = new Holder(Holder.Kind.OPERATOR, command.by(), command.reason());
            state = new Holding(Holders.of(List.of(holder)));
            since = Instant.now();
            tell(0, "held", "operator", command.by() + ": " + command.reason());
        } else if (command.kind() == Intent.Kind.RESUME) {
            state = new Working();
            since = Instant.now();
            tell(0, "released", "operator", "by " + command.by());
        }
        return asked.size();
    }

    @Override
    public long askOnce(Asked command, String key) {
        return numbers.computeIfAbsent(key, k -> ask(command));
    }

    @Override
    public long alert(Asked command, String key) {
        return askOnce(command, key);
    }

    @Override
    public Optional<String> outcome(long number) {
        return intent(number).flatMap(IntentView::outcome);
    }

    @Override
    public void refused(Asked command, String why) {
        refused.add(why);
    }

    @Override
    public void stopWork(RunId run, boolean immediate) {}
}
