package dev.nightshift.http.api;

import dev.nightshift.cli.screen.Views;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import dev.nightshift.run.Working;
import dev.nightshift.view.AuditEntry;
import dev.nightshift.view.AuditTrail;
import dev.nightshift.view.BackupView;
import dev.nightshift.view.Chronicle;
import dev.nightshift.view.EventView;
import dev.nightshift.view.FakeFreezes;
import dev.nightshift.view.Intents;
import dev.nightshift.view.Milestones;
import dev.nightshift.view.QueueView;
import dev.nightshift.view.RunReader;
import dev.nightshift.view.RunSummary;
import dev.nightshift.view.RunView;
import dev.nightshift.view.SchemaMark;
import dev.nightshift.view.SchemaWish;
import dev.nightshift.view.StatusView;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A journal in memory with one run; counts how often it is asked. */
final class FakeBook implements Book, Book.Pages, RunReader, Chronicle, Intents, Milestones {

    static final String PLAN = "nightshift: 1\ndatabase: {url: \"postgresql://m:hunter2@db/shop\"}\n";

    final AtomicInteger questions = new AtomicInteger();
    final FakeFreezes freezes = new FakeFreezes();
    final List<Asked> asked = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    final List<Long> alerts = new ArrayList<>();
    final Map<String, Long> numbers = new HashMap<>();
    final List<String> stopped = new ArrayList<>();
    Optional<String> cannotStop = Optional.empty();
    volatile StatusView status = Views.status(new Working());
    volatile Optional<Trouble> away = Optional.empty();
    volatile Optional<List<Map<String, Object>>> findings = Optional.of(List.of(finding()));
    volatile QueueView queue = new QueueView(
            Optional.empty(), List.of(new QueueView.Waits(Views.run(new Working()), 5, "its window opens later")));
    final List<Entry> entries = new ArrayList<>();
    /** What the process says that looks at plans. */
    volatile String taken = "{\"kind\":\"Refusal\"}";

    volatile boolean silent;
    volatile boolean defect;
    volatile List<RunEventView> events = Views.events().stream()
            .map(event -> new RunEventView(Views.run(new Working()).id(), event))
            .toList();
    private final String database;

    FakeBook(String database) {
        this.database = database;
    }

    private static Map<String, Object> finding() {
        Map<String, Object> finding = new HashMap<>(Map.of("line", 8, "column", 5, "waived", false));
        for (String name : List.of("rule", "severity", "file", "relation", "lock", "message", "instead", "reason")) {
            finding.put(name, name);
        }
        return finding;
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public <T> Future<T> ask(Function<Pages, T> question) {
        questions.incrementAndGet();
        if (silent) {
            return Promise.<T>promise().future();
        }
        try {
            away.ifPresent(trouble -> {
                throw trouble;
            });
            if (defect) {
                throw new IllegalStateException("the secret of the house");
            }
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
        return (wanted, after, most) -> AuditTrail.Page.of(
                Views.audit().stream()
                        .filter(entry -> wanted.run().isEmpty()
                                || wanted.run().equals(entry.about().map(AuditEntry.About::run)))
                        .filter(entry -> after.isEmpty()
                                || entry.id().compareTo(after.get().id()) > 0)
                        .limit(most)
                        .toList(),
                most);
    }

    @Override
    public void refused(Asked command, String why) {
        refused.add(command.by() + " " + command.kind() + ": " + why);
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
    public Optional<RunView> run(String named, String hash) {
        throw new AssertionError("the API finds runs in its lists");
    }

    @Override
    public SchemaMark schema(SchemaWish wish) {
        return new SchemaMark(
                wish.version(),
                SchemaMark.State.PENDING,
                Optional.of(wish.history()),
                Optional.empty(),
                Optional.of(status.run()));
    }

    @Override
    public Optional<StatusView> status(Optional<RunId> run) {
        return Optional.of(status)
                .filter(view -> run.isEmpty() || run.get().equals(view.run().id()));
    }

    @Override
    public List<RunView> runs(int most) {
        return List.of(status.run());
    }

    @Override
    public QueueView queue() {
        return queue;
    }

    @Override
    public Future<String> submit(Book.Entry entry) {
        entries.add(entry);
        return Future.succeededFuture(taken);
    }

    @Override
    public List<EventView> events(RunId run, int most) {
        List<EventView> all = Views.events();
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    @Override
    public Optional<RunSummary> summary(RunId run) {
        return Optional.of(new RunSummary(
                status.run(),
                status.at(),
                Duration.ofMinutes(27),
                3_000_000,
                1_460_000_000L,
                OptionalLong.of(1_900_000_000L),
                List.of(new RunSummary.Peak("replica lag", "standby-a", "2.3 s", "5 s", Views.NOW)),
                List.of(new RunSummary.Interruption("slowed", "replica lag", Duration.ofSeconds(72), 2)),
                status.backup(),
                status.steps(),
                List.of(),
                Views.events(),
                "nothing"));
    }

    @Override
    public List<BackupView> backups(int most) {
        return List.of(Views.backup());
    }

    @Override
    public List<RunEventView> events(OptionalLong after, int most) {
        List<RunEventView> found = events.stream()
                .filter(event -> event.event().id() > after.orElse(0))
                .toList();
        int from = after.isPresent() ? 0 : Math.max(0, found.size() - most);
        return found.subList(from, Math.min(found.size(), from + most));
    }

    @Override
    public List<ReadingView> readings(RunId run, Instant since, int most) {
        return List.of(
                new ReadingView(Views.NOW, "replica-lag", "standby-a", 2.3),
                new ReadingView(Views.NOW.minusSeconds(10), "pace", "", 9.6e6),
                new ReadingView(Views.NOW.minusSeconds(10), "replica-lag", "standby-a", 0.5));
    }

    @Override
    public Optional<PlanView> plan(RunId run) {
        return Optional.of(new PlanView(run, "orders-total-cents", "0123abcd", PLAN, findings));
    }

    @Override
    public Optional<IntentView> intent(long number) {
        if (number < 1 || number > asked.size()) {
            return Optional.empty();
        }
        Asked one = asked.get((int) number - 1);
        return Optional.of(new IntentView(
                number,
                one.run(),
                one.kind().name().toLowerCase(Locale.ROOT),
                one.immediate(),
                one.reason(),
                one.by(),
                one.from(),
                Views.NOW,
                Optional.of(Views.NOW),
                Optional.of("paused")));
    }

    @Override
    public long ask(Asked command) {
        asked.add(command);
        return asked.size();
    }

    @Override
    public Optional<IntentView> intentOf(String key) {
        return Optional.ofNullable(numbers.get(key)).flatMap(this::intent);
    }

    @Override
    public long askOnce(Asked command, String key) {
        return numbers.computeIfAbsent(key, k -> ask(command));
    }

    @Override
    public long alert(Asked command, String key) {
        long number = askOnce(command, key);
        alerts.add(number);
        return number;
    }

    @Override
    public Optional<String> outcome(long number) {
        return intent(number).flatMap(IntentView::outcome);
    }

    @Override
    public void stopWork(RunId run, boolean immediate) {
        cannotStop.ifPresent(why -> {
            throw new Transient(new Explanation(why, "stopping the work", Explanation.NOTHING_CHANGED, "try again"));
        });
        stopped.add(run + (immediate ? " at once" : ""));
    }
}
