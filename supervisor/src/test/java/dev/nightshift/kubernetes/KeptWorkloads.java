package dev.nightshift.kubernetes;

import dev.nightshift.drive.Event;
import dev.nightshift.drive.Stopped;
import dev.nightshift.drive.WorkloadRecords;
import dev.nightshift.plan.TakeDown;
import dev.nightshift.plan.WorkloadsStep.Workload;
import dev.nightshift.run.RunId;
import dev.nightshift.run.StepReply;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The journal's rows in memory, as {@code PgWorkloads} keeps them. */
final class KeptWorkloads implements WorkloadRecords {

    final Map<Workload, Stopped> rows = new LinkedHashMap<>();
    final List<String> history = new ArrayList<>();
    final List<Workload> reopened = new ArrayList<>();
    boolean leaseLost;
    Duration age = Duration.ofMinutes(5);
    Runnable betweenRowAndScale = () -> {};

    List<Stopped> down() {
        return List.copyOf(rows.values());
    }

    @Override
    public Future<Void> asks(RunId run, Stopped one) {
        int replicas = one.replicas() > 0
                ? one.replicas()
                : Optional.ofNullable(rows.get(one.workload()))
                        .map(Stopped::replicas)
                        .orElse(0);
        rows.put(one.workload(), row(one, replicas, Map.of(), false, Optional.empty()));
        betweenRowAndScale.run();
        return Future.succeededFuture();
    }

    Stopped row(Workload workload) {
        return Objects.requireNonNull(rows.get(workload), () -> "no row of " + workload);
    }

    @Override
    public Future<Boolean> confirmed(RunId run, Stopped one) {
        if (leaseLost) {
            rows.remove(one.workload());
            return Future.succeededFuture(false);
        }
        Stopped row = row(one.workload());
        rows.put(one.workload(), row(row, row.replicas(), row.images(), true, Optional.empty()));
        return Future.succeededFuture(true);
    }

    @Override
    public Future<Boolean> isBack(RunId run, Stopped one) {
        return Future.succeededFuture(!rows.containsKey(one.workload()));
    }

    @Override
    public Future<Void> images(RunId run, Stopped one, Map<String, String> before) {
        Stopped row = row(one.workload());
        Map<String, String> first = new LinkedHashMap<>(before);
        first.putAll(row.images());
        rows.put(one.workload(), row(row, row.replicas(), first, true, Optional.empty()));
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> back(RunId run, Stopped one, boolean reopens) {
        rows.remove(one.workload());
        if (reopens) {
            reopened.add(one.workload());
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> refused(RunId run, Stopped one, String why) {
        rows.put(one.workload(), row(one, one.replicas(), one.images(), one.confirmed(), Optional.of(why)));
        return Future.succeededFuture();
    }

    private Stopped row(
            Stopped one, int replicas, Map<String, String> images, boolean confirmed, Optional<String> refused) {
        return new Stopped(
                one.step(), one.namespace(), one.workload(), replicas, images, one.keepDown(), confirmed, age, refused);
    }

    @Override
    public Future<Void> answer(RunId run, int step, StepReply answer) {
        return Future.succeededFuture();
    }

    @Override
    public Future<List<String>> sessions(TakeDown.Sessions sessions) {
        return Future.succeededFuture(List.of());
    }

    @Override
    public Future<Integer> terminate(TakeDown.Sessions sessions) {
        return Future.succeededFuture(0);
    }

    @Override
    public Future<Void> note(RunId run, Event event) {
        history.add(event.subject() + " " + event.message());
        return Future.succeededFuture();
    }
}
