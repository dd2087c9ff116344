package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two standing supervisors with the API: commands and streams outlive whichever of them is killed. */
@Tag("faults")
class ServeApiFaultIT {

    private static final int KILLS = 5;
    private static final int EARS = 4;
    private static final Duration TAKEN_OVER = Duration.ofSeconds(15);

    private static final String HOLDER =
            "SELECT coalesce((SELECT holder FROM nightshift.lease WHERE expires_at > clock_timestamp()), '')";
    private static final String BATCHES = "SELECT coalesce(sum(batches), 0) FROM nightshift.progress";
    private static final String EVENTS =
            "SELECT coalesce(string_agg(id::text, ',' ORDER BY id), '') FROM nightshift.events";

    private final List<Served> serving = new CopyOnWriteArrayList<>();

    @Test
    void five_killed_leaders_miss_no_hold_do_no_row_twice_and_lose_no_event(@TempDir Path directory) {
        List<Duration> taken = new ArrayList<>();
        try (Night night = SlowShop.alone(directory)) {
            serving.addAll(List.of(Served.start(night, directory), Served.start(night, directory)));
            Nightshift person = SlowShop.fill(night);
            SlowShop.awaitRowsDone(night, 1);
            List<EventEar> ears = IntStream.range(0, EARS)
                    .mapToObj(i -> new EventEar(this::roots, i))
                    .toList();
            person.killAlone();
            leader(night);
            for (int kill = 0; kill < KILLS; kill++) {
                SlowShop.awaitRowsDone(night, SlowShop.ORDERS * (kill + 1) / (KILLS + 2));
                taken.add(killWhileHeld(night, directory, kill));
            }
            night.awaitState("succeeded");
            SlowShop.assertEveryOrderIsDoneOnce(night);
            Night.await(
                    "every event was told",
                    () -> ears.stream()
                            .allMatch(ear ->
                                    numbers(ear).length() >= night.ask(EVENTS).length()));
            for (EventEar ear : ears) {
                assertThat(numbers(ear)).isEqualTo(night.ask(EVENTS));
                assertThat(ear.opened()).as("streams").isGreaterThan(1);
                ear.close();
            }
        }
        System.out.println("ServeApiFaultIT: taken over after " + taken);
        assertThat(taken).allSatisfy(one -> assertThat(one).isLessThanOrEqualTo(TAKEN_OVER));
    }

    /** How long until the other one had the lease; the hold was asked for through each of them in turn. */
    private Duration killWhileHeld(Night night, Path directory, int kill) {
        Served leader = leader(night);
        Served other =
                serving.stream().filter(one -> !one.equals(leader)).findFirst().orElseThrow();
        // The other one is what the kill before has left: the one that was started in the place of the dead.
        Served asked = kill % 2 == 0 ? other : leader;
        JsonObject pause =
                asked.post("/runs/shop/current/intents", "{\"kind\":\"pause\",\"reason\":\"deploy " + kill + "\"}");
        leader.process().killAlone();
        serving.remove(leader);
        long killed = System.nanoTime();
        long before = night.count(BATCHES);
        assertThat(pause.getString("kind")).as(pause.encode()).isEqualTo("Intent");
        Night.await("the other one has the lease", () -> night.ask(HOLDER).equals(other.holder()));
        Duration taken = Duration.ofNanos(System.nanoTime() - killed);

        night.awaitState("holding");
        assertThat(other.get("/runs/shop/current").getJsonObject("run").encode())
                .contains("deploy " + kill);
        long held = night.rowsDone();
        assertThat(night.count(BATCHES)).as("batches, with the one in flight").isLessThanOrEqualTo(before + 1);
        serving.add(Served.start(night, directory));
        SlowShop.awaitSeconds(night, 2);
        assertThat(night.rowsDone()).as("rows while it is held").isEqualTo(held);
        other.post("/runs/shop/current/intents", "{\"kind\":\"resume\"}");
        return taken;
    }

    private Served leader(Night night) {
        Night.await("one of them leads", () -> leads(night.ask(HOLDER)));
        String holder = night.ask(HOLDER);
        return serving.stream()
                .filter(one -> one.holder().equals(holder))
                .findFirst()
                .orElseThrow();
    }

    private boolean leads(String holder) {
        return serving.stream().anyMatch(one -> one.holder().equals(holder));
    }

    private List<String> roots() {
        return serving.stream().map(Served::root).toList();
    }

    private static String numbers(EventEar ear) {
        return String.join(",", ear.heard().stream().map(String::valueOf).toList());
    }
}
