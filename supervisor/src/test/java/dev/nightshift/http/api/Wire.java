package dev.nightshift.http.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends a request as it stands, one for each connection: a client of the JDK would refuse what it holds for wrong. */
public final class Wire {

    private static final int PATIENCE_MILLIS = 15_000;

    private Wire() {}

    /**
     * What came back.
     *
     * @param status 0 when the connection was cut instead
     * @param headers by their names in small letters
     */
    public record Answer(int status, Map<String, String> headers, String body) {

        public String type() {
            return headers.getOrDefault("content-type", "");
        }
    }

    public static Answer send(int port, MadeRequests.Made request, String secret) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream answered = new ByteArrayOutputStream();
            try {
                OutputStream out = socket.getOutputStream();
                out.write(head(request, secret));
                out.write(request.body().getBytes());
                out.flush();
                read(socket.getInputStream(), answered);
            } catch (SocketException cut) {
                // A server that refuses a body before it has read it may cut the connection; it has answered before.
                return answered.size() == 0
                        ? new Answer(0, Map.of(), cut.toString())
                        : parsed(answered.toString(StandardCharsets.UTF_8));
            }
            return parsed(answered.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(request.toString(), e);
        }
    }

    private static byte[] head(MadeRequests.Made request, String secret) {
        StringBuilder head = new StringBuilder();
        head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
        head.append("Host: localhost\r\nConnection: close\r\nAuthorization: Bearer ")
                .append(secret)
                .append("\r\n");
        request.headers().forEach(line -> head.append(line).append("\r\n"));
        head.append("Content-Length: ").append(request.body().length()).append("\r\n\r\n");
        return head.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** To its end, or of a stream that has none its head. */
    private static void read(InputStream in, ByteArrayOutputStream answered) throws IOException {
        byte[] some = new byte[8_192];
        for (int n = in.read(some); n >= 0; n = in.read(some)) {
            answered.write(some, 0, n);
            String text = answered.toString(StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            if (text.contains("\r\n\r\n") && text.contains("content-type: text/event-stream")) {
                return;
            }
        }
    }

    private static Answer parsed(String text) {
        if (text.isEmpty()) {
            return new Answer(0, Map.of(), "closed without an answer");
        }
        int end = text.indexOf("\r\n\r\n");
        List<String> lines = Arrays.asList(text.substring(0, Math.max(end, 0)).split("\r\n", -1));
        Map<String, String> headers = new TreeMap<>();
        lines.stream()
                .skip(1)
                .forEach(line -> headers.put(
                        line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                        line.substring(line.indexOf(':') + 1).strip()));
        return new Answer(Integer.parseInt(lines.get(0).split(" ", -1)[1]), headers, text.substring(end + 4));
    }
}
