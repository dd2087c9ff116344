package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two standing supervisors on one database: whichever is killed or stands still, the other one goes on with the run. */
@Tag("faults")
class ServeFaultIT {

    private static final int KILLS = 3;

    @Test
    void a_killed_leader_is_followed_by_the_other_each_time_and_no_row_is_done_twice(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            List<Nightshift> serving = new ArrayList<>(List.of(serve(night, directory), serve(night, directory)));
            begin(night);
            for (int kill = 1; kill <= KILLS; kill++) {
                SlowShop.awaitRowsDone(night, SlowShop.ORDERS * kill / (KILLS + 2));
                Nightshift leader = awaitLeader(serving);
                leader.killAlone();
                serving.remove(leader);
                serving.add(serve(night, directory));
            }
            night.awaitState("succeeded");
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(night.count("SELECT epoch FROM nightshift.lease")).isGreaterThan(KILLS);
        }
    }

    @Test
    void a_leader_that_stood_still_beyond_its_lease_does_nothing_more_and_stands_by(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            List<Nightshift> serving = new ArrayList<>(List.of(serve(night, directory), serve(night, directory)));
            begin(night);
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
            Nightshift frozen = awaitLeader(serving);
            ProcessHandle worker = frozen.awaitWorker();
            Processes.freeze(frozen.pid());
            Processes.freeze(worker.pid());
            serving.remove(frozen);

            long done = night.rowsDone();
            awaitLeader(serving);
            Night.await("the other one's worker gets on", () -> night.rowsDone() > done);
            Processes.thaw(frozen.pid());
            Processes.thaw(worker.pid());
            Night.await("the worker that thawed ends", () -> SlowShop.hasEnded(worker));
            night.awaitState("succeeded");
            SlowShop.assertEveryOrderIsDoneOnce(night);
            Night.await("it says why it stopped", () -> frozen.output().contains("superseded"));
            assertThat(frozen.isAlive()).as(frozen.output()).isTrue();
        }
    }

    /** A run that a person began and whose foreground died at once. */
    private static void begin(Night night) {
        Nightshift person = SlowShop.fill(night);
        SlowShop.awaitRowsDone(night, 1);
        person.killAlone();
    }

    private static Nightshift awaitLeader(List<Nightshift> serving) {
        AtomicReference<Nightshift> leader = new AtomicReference<>();
        Night.await("one of them has a worker", () -> {
            Optional<Nightshift> found =
                    serving.stream().filter(one -> one.worker().isPresent()).findFirst();
            found.ifPresent(leader::set);
            return found.isPresent();
        });
        return leader.get();
    }

    private static Nightshift serve(Night night, Path directory) {
        try {
            Path file = Files.writeString(
                    directory.resolve("serve.yaml"),
                    "databases: [{url: \"" + night.primary().url() + "\"}]");
            return night.nightshift("serve", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
