package dev.nightshift.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RelayTest {
    private ServerSocket echo;
    private Relay relay;

    @BeforeEach
    void startEcho() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        relay = Relay.to(echo.getLocalPort());
        Thread server = new Thread(this::serve);
        server.setDaemon(true);
        server.start();
    }

    @AfterEach
    void close() throws IOException {
        relay.close();
        echo.close();
    }

    @Test
    void bytes_come_back_in_order_and_an_end_is_passed_on() throws IOException {
        try (Socket client = connect()) {
            byte[] sent = new byte[1 << 20];
            for (int i = 0; i < sent.length; i++) {
                sent[i] = (byte) (i * 31 + i / 256);
            }
            sendAside(client, sent);

            assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
            assertThat(relay.toServer()).isEqualTo(sent.length);
            assertThat(relay.toClient()).isEqualTo(sent.length);
        }
        Await.until("the connection is forgotten", Duration.ofSeconds(5), () -> relay.connections() == 0);
    }

    @Test
    void a_limit_is_kept_and_taken_back_while_bytes_are_under_way() throws IOException {
        relay.limit(500_000);
        try (Socket client = connect()) {
            sendAside(client, new byte[400_000]);
            long begin = System.nanoTime();
            client.getInputStream().readNBytes(200_000);
            assertThat(System.nanoTime() - begin)
                    .isGreaterThan(Duration.ofMillis(330).toNanos());

            relay.limit(1_000);
            relay.unlimited();
            assertThat(client.getInputStream().readAllBytes()).hasSize(200_000);
        }
    }

    @Test
    void a_delay_counts_in_each_direction_and_does_not_add_up_over_many_bytes() throws IOException {
        relay.delay(Duration.ofMillis(100));
        try (Socket client = connect()) {
            long begin = System.nanoTime();
            sendAside(client, new byte[500_000]);
            assertThat(client.getInputStream().readAllBytes()).hasSize(500_000);

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(200), Duration.ofSeconds(3));
        }
    }

    @Test
    void a_frozen_link_keeps_its_connections_and_delivers_after_the_thaw() throws IOException {
        try (Socket client = connect()) {
            client.setSoTimeout(200);
            assertThat(exchange(client, "before")).isEqualTo("before");
            relay.freeze();
            assertThatThrownBy(() -> exchange(client, "during")).isInstanceOf(SocketTimeoutException.class);
            relay.thaw();
            client.setSoTimeout(5_000);
            assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("during");
        }
    }

    @Test
    void a_cut_resets_connections_and_refuses_new_ones_until_it_is_restored() throws IOException {
        try (Socket client = connect()) {
            exchange(client, "before");
            relay.cut();
            assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        }
        relay.restore();
        try (Socket client = connect()) {
            assertThat(exchange(client, "after")).isEqualTo("after");
        }
    }

    @Test
    void a_frozen_connection_can_be_cut() throws IOException {
        try (Socket client = connect()) {
            exchange(client, "before");
            relay.freeze();
            client.getOutputStream().write(new byte[100_000]);
            relay.cut();
            assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
            assertThat(relay.connections()).isZero();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String exchange(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return new String(client.getInputStream().readNBytes(text.length()), StandardCharsets.UTF_8);
    }

    private static void sendAside(Socket client, byte[] bytes) {
        inBackground(() -> {
            client.getOutputStream().write(bytes);
            client.shutdownOutput();
        });
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                inBackground(() -> {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                    socket.close();
                });
            } catch (IOException closed) {
                return;
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException cut) {
                // The test says what it expects at the other end.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
