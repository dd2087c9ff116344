package dev.nightshift.http.api;

import static dev.nightshift.http.api.ApiServerTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.cli.screen.Views;
import dev.nightshift.plan.Role;
import dev.nightshift.run.RunId;
import dev.nightshift.view.Chronicle.RunEventView;
import dev.nightshift.view.EventView;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StreamsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ApiClient api;

    @BeforeEach
    void start() {
        api = new ApiClient(directory);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** Somebody who reads a stream line by line. */
    private final class Ear implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Ear(String more) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port());
            OutputStream out = socket.getOutputStream();
            out.write(("GET /api/v1/events?database=shop HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n"
                            + "Authorization: Bearer " + ApiClient.secret(Role.VIEWER) + "\r\n" + more + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            await("retry: 2000");
        }

        String await(String start) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(start)) {
                    return line;
                }
            }
            throw new AssertionError("the stream ended before '" + start + "'");
        }

        /** The numbers of the next events. */
        List<Long> heard(int count) throws IOException {
            List<Long> ids = new ArrayList<>();
            while (ids.size() < count) {
                ids.add(new JsonObject(await("data: ").substring(6)).getLong("id"));
            }
            return ids;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void tells_events_as_they_come_each_with_its_number() throws IOException {
        happened(1, 2);
        try (Ear ear = new Ear("")) {
            happened(1, 2, 3);
            assertThat(ear.await("id: ")).isEqualTo("id: 3");
            JsonObject event = new JsonObject(ear.await("data: ").substring(6));
            assertThat(event.getString("run")).isEqualTo("7f3kmq");
            assertThat(event.getString("database")).isEqualTo("shop");
        }
    }

    @Test
    void goes_on_after_the_number_that_was_seen_last_however_long_ago() throws IOException {
        happened(LongStream.rangeClosed(1, 2_600).toArray());
        try (Ear ear = new Ear("Last-Event-ID: 3\r\n")) {
            assertThat(ear.heard(2_597))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(4, 2_600).boxed().toList());
        }
        try (Ear recent = new Ear("Last-Event-ID: 2598\r\n")) {
            assertThat(recent.heard(2)).containsExactly(2_599L, 2_600L);
        }
    }

    @Test
    void an_event_that_comes_to_light_late_is_told_without_a_number() throws IOException {
        happened(1, 2);
        try (Ear ear = new Ear("Last-Event-ID: 1\r\n")) {
            assertThat(ear.heard(1)).containsExactly(2L);
            happened(1, 2, 4);
            assertThat(ear.await("id: ")).isEqualTo("id: 4");
            happened(1, 2, 3, 4, 5);
            assertThat(ear.heard(3)).containsExactly(4L, 3L, 5L);
        }
    }

    @Test
    void a_number_from_another_life_of_the_database_does_not_silence_the_stream() throws IOException {
        happened(1);
        try (Ear ear = new Ear("Last-Event-ID: 9000\r\n")) {
            happened(1, 2);
            assertThat(ear.await("id: ")).isEqualTo("id: 2");
        }
    }

    @Test
    void many_listeners_cost_the_database_no_more_than_one() throws IOException {
        happened(1);
        List<Ear> ears = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                ears.add(new Ear(""));
            }
            int before = api.shop.questions.get();
            happened(1, 2);
            for (Ear ear : ears) {
                assertThat(ear.heard(1)).containsExactly(2L);
            }
            happened(1, 2, 3);
            for (Ear ear : ears) {
                assertThat(ear.heard(1)).containsExactly(3L);
            }
            assertThat(api.shop.questions.get() - before).isLessThan(50);
        } finally {
            for (Ear ear : ears) {
                ear.close();
            }
        }
    }

    @Test
    void nothing_is_asked_once_nobody_listens() throws IOException {
        happened(1);
        try (Ear ear = new Ear("")) {
            happened(1, 2);
            assertThat(ear.heard(1)).containsExactly(2L);
        }
        int settled = settled();
        assertThat(settled).isPositive();
    }

    @Test
    void a_number_that_is_none_is_refused() {
        assertProblem(
                api.send(
                        api.to("/events?database=shop")
                                .header("accept", "text/event-stream")
                                .header("last-event-id", "x"),
                        Optional.of(ApiClient.secret(Role.VIEWER))),
                400,
                "Last-Event-ID");
    }

    private void happened(long... numbers) {
        api.shop.events = LongStream.of(numbers)
                .mapToObj(number -> new RunEventView(
                        new RunId("7f3kmq"), new EventView(number, Views.NOW, "note", "", "event " + number)))
                .toList();
    }

    /** How often the database was asked, once that has been the same for longer than a look takes. */
    private int settled() {
        int before = -1;
        while (before != api.shop.questions.get()) {
            before = api.shop.questions.get();
            LockSupport.parkNanos(2_500_000_000L);
        }
        return before;
    }
}
