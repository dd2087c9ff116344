package dev.nightshift.http.courier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.announce.Answer;
import dev.nightshift.announce.Receivers;
import dev.nightshift.http.api.OwnCertificate;
import dev.nightshift.plan.Receiver;
import dev.nightshift.plan.Secret;
import dev.nightshift.run.Permanent;
import dev.nightshift.view.Notification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real receivers, good ones and bad ones. */
class HttpCourierTest {

    private static final Instant NOW = Instant.parse("2026-03-02T01:31:14Z");
    private static final Notification MESSAGE = Notification.test("7f3kmq-17-abc", NOW, "ann@desk");
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OLD = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.UTF_8);

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, String> environment = new HashMap<>();
    private final HttpCourier courier = new HttpCourier(vertx, environment, () -> NOW);
    private final Hook hook = new Hook();

    @AfterEach
    void stop() {
        hook.close();
        courier.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_message_is_posted_as_a_versioned_document_with_its_id() {
        Answer answer = send(Receivers.at(hook.url()));

        assertThat(answer).isEqualTo(Answer.taken("HTTP 200"));
        Hook.Received got = hook.received.get(0);
        assertThat(got.header("content-type")).isEqualTo("application/json");
        assertThat(got.header("idempotency-key")).isEqualTo("7f3kmq-17-abc");
        assertThat(got.header("webhook-id")).isEqualTo("7f3kmq-17-abc");
        JsonObject body = new JsonObject(got.body());
        assertThat(body.getString("apiVersion")).isEqualTo("nightshift.dev/v1");
        assertThat(body.getString("kind")).isEqualTo("Notification");
        assertThat(body.getBoolean("test")).isTrue();
        assertThat(body.getString("page")).isEqualTo("https://night.example/#/run/test/000000");
        assertThat(got.header("webhook-signature")).isEmpty();
    }

    @Test
    void a_signature_is_verified_by_whoever_has_the_secret_also_while_one_follows_the_other(@TempDir Path directory)
            throws Exception {
        Path file = directory.resolve("secret");
        Files.writeString(file, secret(KEY) + "\n" + secret(OLD) + "\n");
        send(Receivers.with(
                "ops", new Secret.Open(hook.url()), Receiver.Format.JSON, Optional.of(new Secret.InFile(file))));

        Hook.Received got = hook.received.get(0);
        assertThat(verified(got, KEY)).isTrue();
        assertThat(verified(got, OLD)).isTrue();
        assertThat(verified(got, "another key of 32 bytes in length".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(verified(new Hook.Received(got.headers(), got.body() + " "), KEY))
                .isFalse();
        assertThat(got.header("webhook-timestamp")).isEqualTo(Long.toString(NOW.getEpochSecond()));
        assertThat(got.body() + got.headers())
                .doesNotContain(secret(KEY).substring(6), new String(KEY, StandardCharsets.UTF_8));
    }

    @Test
    void what_a_status_means_for_a_message() {
        assertThat(kinds(200, 204)).containsOnly(Answer.Kind.TAKEN);
        assertThat(kinds(301, 302, 401, 403, 404, 408, 429, 500, 502, 503)).containsOnly(Answer.Kind.LATER);
        assertThat(kinds(400, 410, 413, 415, 422)).containsOnly(Answer.Kind.NEVER);
    }

    @Test
    void a_redirect_is_not_followed() {
        AtomicBoolean followed = new AtomicBoolean();
        try (Hook elsewhere = new Hook()) {
            elsewhere.manner = exchange -> {
                followed.set(true);
                Hook.reply(exchange, 200, "ok");
            };
            hook.manner = exchange -> {
                exchange.getResponseHeaders().add("location", elsewhere.url());
                Hook.reply(exchange, 307, "");
            };
            assertThat(send(Receivers.at(hook.url())))
                    .isEqualTo(Answer.later("HTTP 307, and redirects are not followed"));
        }
        assertThat(followed).isFalse();
    }

    @Test
    void a_receiver_says_when_it_wants_to_be_asked_again() {
        assertThat(after("17")).contains(Duration.ofSeconds(17));
        assertThat(after("Mon, 02 Mar 2026 01:32:14 GMT")).contains(Duration.ofMinutes(1));
        assertThat(after("Mon, 02 Mar 2026 01:30:14 GMT")).isEmpty();
        assertThat(after("soon")).isEmpty();
    }

    @Test
    void a_receiver_that_hangs_closes_or_is_not_there_is_asked_later_and_keeps_no_other_waiting() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        hook.manner = exchange -> awaitUninterrupted(released);
        Future<Answer> hangs = courier.send(Receivers.at(hook.url()), MESSAGE);

        String gone;
        Thread thread;
        try (Hook other = new Hook();
                ServerSocket closing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(send(Receivers.at(other.url())).kind()).isEqualTo(Answer.Kind.TAKEN);
            assertThat(hangs.isComplete()).isFalse();
            gone = "http://127.0.0.1:" + closing.getLocalPort() + "/x";
            thread = new Thread(() -> closeEach(closing), "closing");
            thread.start();
            assertThat(send(Receivers.at(gone))).isEqualTo(Answer.later("the connection ended without an answer"));
        }
        thread.join();
        assertThat(send(Receivers.at(gone))).isEqualTo(Answer.later("nobody answers there"));
        assertThat(await(hangs)).isEqualTo(Answer.later("no answer within 10 s"));
        released.countDown();
    }

    @Test
    void a_certificate_is_verified_against_whom_the_jvm_trusts_or_whom_a_file_names(@TempDir Path directory)
            throws Exception {
        OwnCertificate mine = OwnCertificate.in(directory, "mine");
        OwnCertificate.in(directory, "other");
        try (Hook secured = new Hook(mine.context())) {
            Receiver any = Receivers.at(secured.url());
            assertThat(send(any).words()).startsWith("the TLS connection is refused");
            assertThat(send(Receivers.trusting(any, directory.resolve("other.pem")))
                            .kind())
                    .isEqualTo(Answer.Kind.LATER);
            assertThat(secured.received).isEmpty();
            assertThat(send(Receivers.trusting(any, directory.resolve("mine.pem")))
                            .kind())
                    .isEqualTo(Answer.Kind.TAKEN);
            Receiver named = Receivers.at(secured.url().replace("127.0.0.1", "localhost"));
            assertThat(send(Receivers.trusting(named, directory.resolve("mine.pem")))
                            .words())
                    .as("the certificate is that of 127.0.0.1")
                    .startsWith("the TLS connection is refused");
        }
    }

    @Test
    void whoever_answers_without_end_is_cut_off() {
        hook.manner = exchange -> {
            exchange.sendResponseHeaders(500, 0);
            byte[] much = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(much);
            }
            exchange.close();
        };
        assertThat(send(Receivers.at(hook.url())).words())
                .startsWith("HTTP 500: xxx")
                .hasSizeLessThan(150);
    }

    @Test
    void a_url_is_shown_in_no_words_whatever_the_receiver_answers() {
        hook.manner = exchange -> Hook.reply(exchange, 404, "no " + hook.url() + " nor " + Hook.PATH + "\u001b[31m\n");
        Receiver hidden = Receivers.with("ops", secretly("URL", hook.url()), Receiver.Format.SLACK, Optional.empty());

        Answer answer = send(hidden);

        assertThat(answer.words()).isEqualTo("HTTP 404: no … nor … [31m");
        assertThat(hidden.toString()).doesNotContain("s3cr3t").contains("environment variable URL");
        assertThat(Receivers.at(hook.url()).toString()).doesNotContain("s3cr3t");
    }

    @Test
    void what_sending_needs_is_looked_at_before_anything_is_sent_and_again_each_time(@TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("url");
        Receiver hidden = Receivers.with("ops", new Secret.InFile(file), Receiver.Format.SLACK, Optional.empty());
        assertThatThrownBy(() -> courier.check(hidden))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("cannot be read: NoSuchFileException");
        Files.writeString(file, "http://elsewhere.example/s3cr3t");
        assertThatThrownBy(() -> courier.check(hidden))
                .hasMessageContaining("expected https")
                .hasMessageNotContaining("s3cr3t");
        assertThat(send(hidden).words()).contains("expected https").doesNotContain("s3cr3t");
        Files.writeString(file, hook.url() + "\n");
        courier.check(hidden);
        assertThat(hook.received).isEmpty();
        assertThat(send(hidden).kind()).isEqualTo(Answer.Kind.TAKEN);

        Receiver weak = Receivers.with(
                "ops",
                new Secret.Open(hook.url()),
                Receiver.Format.JSON,
                Optional.of(secretly("KEY", "hunter2hunter2")));
        assertThatThrownBy(() -> courier.check(weak))
                .hasMessageContaining("whsec_")
                .hasMessageNotContaining("hunter2");
    }

    private Secret secretly(String variable, String value) {
        environment.put(variable, value);
        return new Secret.InEnvironment(variable);
    }

    private List<Answer.Kind> kinds(int... statuses) {
        List<Answer.Kind> kinds = new ArrayList<>();
        for (int status : statuses) {
            hook.manner = exchange -> Hook.reply(exchange, status, status == 204 ? "" : "so");
            kinds.add(send(Receivers.at(hook.url())).kind());
        }
        return kinds;
    }

    private Optional<Duration> after(String header) {
        hook.manner = exchange -> {
            exchange.getResponseHeaders().add("Retry-After", header);
            Hook.reply(exchange, 429, "");
        };
        return send(Receivers.at(hook.url())).after();
    }

    private Answer send(Receiver receiver) {
        return await(courier.send(receiver, MESSAGE));
    }

    private static Answer await(Future<Answer> answer) {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeEach(ServerSocket server) {
        try {
            while (!server.isClosed()) {
                server.accept().close();
            }
        } catch (IOException e) {
            // The test has closed it.
            return;
        }
    }

    private static String secret(byte[] key) {
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    /** As docs/notify.md tells receivers to do it, in other words than the program's. */
    private static boolean verified(Hook.Received got, byte[] key) throws Exception {
        String signed = got.header("webhook-id") + "." + got.header("webhook-timestamp") + "." + got.body();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String mine = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        return List.of(got.header("webhook-signature").split(" ", -1)).contains(mine);
    }
}
