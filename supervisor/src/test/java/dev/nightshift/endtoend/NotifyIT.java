package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.http.courier.Hook;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers are told from the journal, whoever supervises and whatever dies meanwhile. */
class NotifyIT {

    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    @Test
    void nothing_is_lost_when_the_supervisor_is_killed_and_what_comes_twice_has_the_same_id(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory);
                Hook ops = new Hook();
                Hook chat = new Hook()) {
            List<String> taken = new CopyOnWriteArrayList<>();
            AtomicBoolean down = new AtomicBoolean(true);
            ops.manner = exchange -> {
                if (!down.get()) {
                    taken.add(exchange.getRequestHeaders().getFirst("webhook-id"));
                }
                Hook.reply(exchange, down.get() ? 503 : 200, "");
            };
            Nightshift person = SlowShop.fill(night);
            Night.await("the run works", () -> {
                assertThat(person.isAlive()).as(person.output()).isTrue();
                return night.rowsDone() >= SlowShop.ORDERS / 10;
            });
            // It must not be over before the supervisor is killed, however slowly that comes up here.
            SlowShop.pace(night, "0.02");
            Nightshift first = serve(night, directory, ops, chat);
            Night.await("the receivers are known", () -> night.count("SELECT count(*) FROM nightshift.receivers") == 2);
            person.killAlone();
            String holder =
                    "SELECT count(*) FROM nightshift.lease WHERE holder LIKE 'serve %' AND expires_at > clock_timestamp()";
            Night.await("serve has the run", () -> night.count(holder) == 1);
            AtomicBoolean killed = new AtomicBoolean();
            chat.manner = exchange -> {
                // It has the message, and the supervisor will never know.
                if (killed.compareAndSet(false, true)) {
                    first.killAlone();
                }
                Hook.reply(exchange, 200, "ok");
            };
            command(night, "pause", "deploy <now> & then");
            Night.await("the supervisor is killed while it tells", () -> killed.get() && !first.isAlive());
            Nightshift second = serve(night, directory, ops, chat);
            Night.await("the message comes again", () -> repeated(chat));
            command(night, "resume", "done");
            SlowShop.pace(night, "0");
            night.awaitState("succeeded");
            down.set(false);
            String left = "SELECT count(*) FROM nightshift.deliveries WHERE state <> 'told'";
            Night.await(Duration.ofMinutes(3), "everything is told", () -> night.count(left) == 0);

            assertThat(taken)
                    .as("in the order in which it happened")
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo((one, other) -> Long.compare(number(one), number(other)));
            assertThat((long) taken.size())
                    .isEqualTo(night.count(
                            "SELECT count(DISTINCT told_as) FROM nightshift.deliveries WHERE receiver = 'ops'"));
            assertThat(ops.received)
                    .extracting(one -> happening(one.body()))
                    .contains("command", "held", "released", "succeeded");
            assertSameUnderOneId(ops);
            assertSameUnderOneId(chat);
            assertThat(night.count("SELECT count(*) FROM nightshift.events e WHERE e.kind = 'command' AND NOT EXISTS ("
                            + "SELECT FROM nightshift.deliveries d WHERE d.receiver = 'ops' AND d.event_id = e.id)"))
                    .isZero();
            assertNoSecret(night, List.of(first, second), ops, chat);
        }
    }

    @Test
    void a_run_in_the_foreground_tells_how_it_ended_before_its_command_ends(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory);
                Hook ops = new Hook();
                Hook chat = new Hook()) {
            SlowShop.pace(night, "0");
            Path settings = settings(night, directory, ops, chat);
            Nightshift run = night.nightshift(
                    "run", night.plan(SlowShop.plan(night, SlowShop.FILL)).toString(), "--notify", settings.toString());
            assertThat(run.awaitExit(Duration.ofMinutes(2))).as(run.output()).isZero();

            assertThat(ops.received).extracting(one -> happening(one.body())).containsExactly("working", "succeeded");
            assertThat(chat.received)
                    .hasSize(2)
                    .last()
                    .satisfies(last ->
                            assertThat(last.body()).contains("\"text\":\"orders-total-cents on shop: succeeded"));
            assertNoSecret(night, List.of(run), ops, chat);
        }
    }

    private static void command(Night night, String word, String reason) {
        Nightshift command = night.nightshift(word, "--reason", reason, "--no-wait");
        assertThat(command.awaitExit(Duration.ofMinutes(1)))
                .as(command.output())
                .isZero();
    }

    private static boolean repeated(Hook hook) {
        List<String> ids =
                hook.received.stream().map(one -> one.header("webhook-id")).toList();
        return ids.stream().distinct().count() < ids.size();
    }

    private static void assertSameUnderOneId(Hook hook) {
        Map<String, String> bodies = new LinkedHashMap<>();
        hook.received.forEach(one ->
                assertThat(one.body()).isEqualTo(bodies.computeIfAbsent(one.header("webhook-id"), id -> one.body())));
    }

    private static void assertNoSecret(Night night, List<Nightshift> processes, Hook... hooks) {
        StringBuilder journal = new StringBuilder();
        for (String table :
                List.of("runs", "steps", "events", "intents", "receivers", "deliveries", "lease", "glances")) {
            journal.append(night.ask("SELECT jsonb_agg(to_jsonb(t))::text FROM nightshift." + table + " t"));
        }
        assertThat(journal.toString()).contains("orders-total-cents").doesNotContain("s3cr3tPath", SECRET, "whsec_");
        processes.forEach(one -> assertThat(one.output()).doesNotContain("s3cr3tPath", SECRET, "whsec_"));
        for (Hook hook : hooks) {
            hook.received.forEach(one -> assertThat(one.body()).doesNotContain("s3cr3tPath", "whsec_"));
        }
    }

    private static long number(String id) {
        return Long.parseLong(id.split("-", -1)[1]);
    }

    private static String happening(String body) {
        return new JsonObject(body).getString("happening");
    }

    private static Nightshift serve(Night night, Path directory, Hook ops, Hook chat) {
        return night.nightshift("serve", settings(night, directory, ops, chat).toString());
    }

    private static Path settings(Night night, Path directory, Hook ops, Hook chat) {
        try {
            Files.writeString(directory.resolve("ops.url"), ops.url());
            Files.writeString(directory.resolve("ops.secret"), SECRET);
            Files.writeString(directory.resolve("chat.url"), chat.url());
            return Files.writeString(directory.resolve("serve.yaml"), """
                    databases: [{name: shop, url: "%s"}]
                    notify:
                      - {name: ops, url-file: ops.url, secret-file: ops.secret}
                      - {name: chat, url-file: chat.url, format: slack, page: "https://night.example"}
                    """.formatted(
                            night.primary().migrator().url()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
