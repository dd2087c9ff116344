package dev.nightshift;

import dev.nightshift.http.api.Book;
import dev.nightshift.postgres.PgAccess;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.view.AuditTrail;
import dev.nightshift.view.Chronicle;
import dev.nightshift.view.Freezes;
import dev.nightshift.view.Intents;
import dev.nightshift.view.Milestones;
import dev.nightshift.view.RunReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A served database's journal on a thread and a connection of its own. The server ends a connection over which nothing
 * was asked for a minute; the next question opens another.
 */
final class JournalBook implements Book {

    private final String database;
    private final PgSessions sessions;
    private final PlanTaking taking;
    private final WorkerExecutor thread;
    private final WorkerExecutor plans;
    private @Nullable PgAccess open;

    JournalBook(Vertx vertx, String database, PgSessions sessions, PlanTaking taking) {
        this.database = database;
        this.sessions = sessions;
        this.taking = taking;
        this.thread = vertx.createSharedWorkerExecutor("api/" + database, 1);
        this.plans = vertx.createSharedWorkerExecutor("api plans", 1);
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public <T> Future<T> ask(Function<Pages, T> question) {
        return thread.executeBlocking(() -> question.apply(new OpenPages(access())));
    }

    /** One after the other for all databases: each takes a processor and 128 MiB for some seconds. */
    @Override
    public Future<String> submit(Entry entry) {
        return plans.executeBlocking(() -> taking.take(entry));
    }

    @Override
    public Future<Void> close() {
        return thread.<Void>executeBlocking(() -> {
                    PgAccess access = open;
                    if (access != null) {
                        access.close();
                    }
                    return null;
                })
                .transform(v -> thread.close())
                .transform(v -> plans.close());
    }

    /** On the one thread only. */
    private PgAccess access() {
        PgAccess access = open;
        if (access == null) {
            access = PgAccess.open(sessions, "nightshift/api");
            open = access;
        }
        return access;
    }

    private record OpenPages(PgAccess access) implements Pages {

        @Override
        public RunReader reader() {
            return access.reader();
        }

        @Override
        public Chronicle chronicle() {
            return access.chronicle();
        }

        @Override
        public Intents intents() {
            return access.intents();
        }

        @Override
        public AuditTrail audit() {
            return access.audit();
        }

        @Override
        public Freezes freezes() {
            return access.freezes();
        }

        @Override
        public Milestones milestones() {
            return access.milestones();
        }
    }
}
