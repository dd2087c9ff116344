package dev.nightshift.bench.api;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Where requests go, and which: reads as people's pages, commands and dashboards ask them, in fixed shares.
 *
 * @param secret of a viewer's token
 */
record Target(int port, String secret) {

    private static final String ROOT = "/api/v1";

    /** A path for each hundredth: the run's page asks for its status every two seconds, for the rest every ten. */
    private record Share(int percent, String path) {}

    private static final List<Share> MIX = List.of(
            new Share(40, "/runs/shop/current"),
            new Share(15, "/runs?limit=50"),
            new Share(5, "/databases"),
            new Share(8, "/runs/shop/current/steps"),
            new Share(10, "/runs/shop/current/events?limit=100"),
            new Share(6, "/runs/shop/current/readings?limit=2000"),
            new Share(6, "/runs/shop/current/summary"),
            new Share(3, "/runs/shop/current/plan"),
            new Share(3, "/guards"),
            new Share(2, "/token"),
            new Share(1, "/backups?database=shop"),
            new Share(1, "/openapi.json"));

    /** As many requests in an order that only {@code seed} decides. */
    List<byte[]> requests(int count, long seed) {
        Random random = new Random(seed);
        List<byte[]> all = MIX.stream()
                .map(share -> request(share.path(), "application/json", ""))
                .toList();
        return random.ints(count, 0, 100)
                .mapToObj(hundredth -> all.get(place(hundredth)))
                .toList();
    }

    private static int place(int hundredth) {
        int upTo = 0;
        for (int i = 0; i < MIX.size(); i++) {
            upTo += MIX.get(i).percent();
            if (hundredth < upTo) {
                return i;
            }
        }
        throw new IllegalStateException("the shares are " + upTo + " hundredths");
    }

    byte[] stream(long after) {
        return request("/events?database=shop", "text/event-stream", "Last-Event-ID: " + after + "\r\n");
    }

    private byte[] request(String path, String accept, String more) {
        return ("GET " + ROOT + path + " HTTP/1.1\r\nHost: bench\r\nAccept: " + accept + "\r\nAuthorization: Bearer "
                        + secret + "\r\n" + more + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** Reads one answer to its end; what was wrong with it. */
    static Optional<String> answer(BufferedInputStream in, byte[] scratch) throws IOException {
        String status = line(in);
        long length = -1;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        if (length < 0) {
            throw new IOException("an answer without a length: " + status);
        }
        String body = "";
        for (long left = length; left > 0; ) {
            int read = in.read(scratch, 0, (int) Math.min(left, scratch.length));
            if (read < 0) {
                throw new IOException("cut in the midst of an answer");
            }
            body = body.isEmpty() && !status.contains(" 200 ")
                    ? new String(scratch, 0, Math.min(read, 300), StandardCharsets.UTF_8)
                    : body;
            left -= read;
        }
        return status.contains(" 200 ") ? Optional.empty() : Optional.of(status + " " + body);
    }

    private static String line(BufferedInputStream in) throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
