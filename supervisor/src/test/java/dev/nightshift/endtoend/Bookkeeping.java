package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Login;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An application that inserts, updates and deletes rows of the {@link Ledger} and gives them other keys, all the time. */
final class Bookkeeping implements AutoCloseable {

    private static final int CLERKS = 3;

    /** A row of the old application needs to be done; one of the new is born as it should be. */
    private static final String INSERT_OLD = "INSERT INTO public.ledger (id, name)"
            + " SELECT -%1$d, 'late-%1$d' WHERE NOT EXISTS (SELECT FROM public.ledger WHERE id = -%1$d)";

    private static final String INSERT_NEW =
            "INSERT INTO public.ledger (id, name, cents, born_done)" + " VALUES (%2$d, 'new-%2$d', 100, true)";

    private static final String UPDATE =
            "UPDATE public.ledger SET note = repeat('x', 1 + %1$d %% 90) WHERE name = 'old-%1$d'";

    /** Behind the walk to before it, and before it to behind it. */
    private static final String MOVE =
            "UPDATE public.ledger SET id = CASE WHEN id < 1000000 THEN id + 1000000 ELSE id - 1000000 END"
                    + " WHERE name = 'old-%1$d'";

    private static final String DELETE = "WITH gone AS (DELETE FROM public.ledger WHERE name = 'old-%1$d'"
            + " RETURNING name, touched) INSERT INTO public.gone SELECT * FROM gone";

    private final Login login;
    private final boolean makesWork;
    private final AtomicInteger next = new AtomicInteger(2_000_000);
    private final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final ExecutorService clerks = Executors.newFixedThreadPool(CLERKS);
    private volatile boolean makingWork;
    private volatile boolean stopped;

    private Bookkeeping(Login login, boolean makesWork) {
        this.login = login;
        this.makesWork = makesWork;
        this.makingWork = makesWork;
    }

    /** @param makesWork whether it inserts rows that are to be done, and gives rows other keys */
    static Bookkeeping start(Login login, boolean makesWork) {
        Bookkeeping load = new Bookkeeping(login, makesWork);
        for (int clerk = 0; clerk < CLERKS; clerk++) {
            long seed = 1_000L + clerk;
            load.clerks.execute(() -> load.work(new Random(seed)));
        }
        return load;
    }

    private void work(Random random) {
        try (Connection connection = login.connect("clerk");
                Statement statement = connection.createStatement()) {
            while (!stopped) {
                String sql = choose(random).formatted(1 + random.nextInt((int) Ledger.ROWS), next.getAndIncrement());
                if (statement.executeUpdate(sql) > 0) {
                    done.computeIfAbsent(
                                    sql.split("[ ;]", 2)[0] + (sql.contains("SET id") ? " key" : ""),
                                    w -> new AtomicInteger())
                            .incrementAndGet();
                }
                Thread.sleep(2);
            }
        } catch (SQLException e) {
            failures.add(e.getSQLState() + " " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String choose(Random random) {
        int die = random.nextInt(10);
        if (makingWork && die < 3) {
            return MOVE;
        }
        if (makingWork && die < 4) {
            return INSERT_OLD;
        }
        if (die < 5) {
            return DELETE;
        }
        return die < 6 ? INSERT_NEW : UPDATE;
    }

    /** From now on nothing that is still to be done is inserted or gets another key. */
    void stopMakingWork() {
        makingWork = false;
    }

    void stop() {
        stopped = true;
        clerks.shutdown();
        try {
            assertThat(clerks.awaitTermination(30, TimeUnit.SECONDS))
                    .as("the clerks go home")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An application must never fail because of a run, and one that did nothing shows nothing. */
    void assertItWorked() {
        assertThat(failures).isEmpty();
        assertThat(done.keySet()).contains("INSERT", "UPDATE", "WITH");
        if (makesWork) {
            assertThat(done.keySet()).contains("UPDATE key");
        }
    }

    @Override
    public void close() {
        stop();
    }
}
