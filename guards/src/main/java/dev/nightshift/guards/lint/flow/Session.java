package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.parse.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The session's transaction and settings, moved on statement by statement. */
final class Session {
    /** What holds again after ROLLBACK TO. */
    private record Savepoint(Settings settings, int index) {}

    private final Timeline timeline;
    private final boolean wrapped;
    private final List<Transaction> transactions = new ArrayList<>();
    private final Map<String, Savepoint> savepoints = new HashMap<>();
    private Settings settings = Settings.none();
    private Settings settingsAtBegin = Settings.none();
    private int beganAt;
    private @Nullable Transaction open;
    private @Nullable Step begin;

    Session(Timeline timeline, boolean wrapped) {
        this.timeline = timeline;
        this.wrapped = wrapped;
        if (wrapped) {
            open = started();
        }
    }

    /** The situation of the next statement; one by itself gets a transaction of its own. */
    Situation situation(Optional<Step> outer, boolean holdsBody) {
        Transaction transaction = open != null ? open : started(holdsBody);
        return new Situation(settings, transaction, begin != null, outer);
    }

    private Transaction started() {
        return started(true);
    }

    private Transaction started(boolean block) {
        Transaction transaction = new Transaction(block);
        transactions.add(transaction);
        return transaction;
    }

    /** A body runs inside its statement's transaction, until it commits. */
    Situation inBody(Transaction transaction, Step outer) {
        return new Situation(settings, transaction, begin != null, Optional.of(outer));
    }

    /** What the routine's own SET clauses say holds until it ends; returned is what held before. */
    Settings enter(Body body) {
        Settings before = settings;
        body.settings().forEach(this::set);
        return before;
    }

    void leave(Body body, Settings before) {
        body.settings().forEach(change -> settings = settings.asIn(before, change.name()));
    }

    Transaction afterCommitInBody() {
        settings = settings.atTransactionEnd();
        return started();
    }

    void apply(Step step) {
        Node tree = step.tree();
        if (tree.is("TransactionStmt")) {
            transaction(step, tree.text("kind"));
        } else if (SettingChanges.resetsAll(tree)) {
            settings = Settings.none();
        } else {
            SettingChanges.of(tree).forEach(this::set);
        }
    }

    private void set(SettingChanges.Change change) {
        if (change.value().isEmpty()) {
            settings = settings.without(change.name());
        } else if (!change.local()) {
            settings = settings.with(change.name(), change.value().get());
        } else if (open != null) {
            settings = settings.withLocal(change.name(), change.value().get());
        }
    }

    private void transaction(Step step, String kind) {
        switch (kind) {
            case "TRANS_STMT_BEGIN", "TRANS_STMT_START" -> begin(step);
            case "TRANS_STMT_COMMIT" -> end(step, true);
            case "TRANS_STMT_ROLLBACK" -> end(step, false);
            case "TRANS_STMT_PREPARE" -> {
                timeline.leaveOpen(step);
                end(step, true);
            }
            case "TRANS_STMT_SAVEPOINT" ->
                savepoints.put(step.tree().text("savepoint_name"), new Savepoint(settings, step.index()));
            case "TRANS_STMT_ROLLBACK_TO" ->
                Optional.ofNullable(savepoints.get(step.tree().text("savepoint_name")))
                        .ifPresent(savepoint -> rollBackTo(savepoint, step));
            default -> {}
        }
    }

    private void rollBackTo(Savepoint savepoint, Step step) {
        settings = savepoint.settings();
        timeline.rollBack(savepoint.index(), step.index());
    }

    private void begin(Step step) {
        if (begin != null) {
            timeline.misplace(step);
            return;
        }
        begin = step;
        settingsAtBegin = settings;
        beganAt = step.index();
        if (open == null) {
            open = started();
        }
    }

    private void end(Step step, boolean commits) {
        if (begin == null) {
            timeline.misplace(step);
        }
        if (commits) {
            settings = settings.atTransactionEnd();
        } else if (begin != null) {
            settings = settingsAtBegin;
            timeline.rollBack(beganAt, step.index());
        }
        savepoints.clear();
        boolean chains = step.tree().flag("chain");
        begin = chains ? begin : null;
        beganAt = step.index();
        open = chains || wrapped ? started() : null;
    }

    /** The script is over: what is open stays so. */
    void finish() {
        if (begin != null) {
            timeline.leaveOpen(begin);
        }
        transactions.forEach(Transaction::close);
    }
}
