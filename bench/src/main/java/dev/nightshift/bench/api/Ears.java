package dev.nightshift.bench.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients that listen to the events of the database, all on one thread; each notes the numbers that it is told. */
final class Ears implements AutoCloseable {

    private static final Pattern TOLD = Pattern.compile("\"id\":(\\d+)");
    private static final long LOOK_MILLIS = 200;

    private final Selector selector = Selector.open();
    private final List<Ear> ears = new ArrayList<>();
    private final Thread thread = new Thread(this::listen, "ears");
    private volatile boolean closed;

    /** One client; what it was told comes line by line. */
    private static final class Ear {
        private final StringBuilder line = new StringBuilder();
        private final Set<Long> told = new TreeSet<>();
        private boolean twice;
        private boolean cut;

        synchronized void hear(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\n') {
                    end(line.toString());
                    line.setLength(0);
                } else {
                    line.append(c);
                }
            }
        }

        private void end(String whole) {
            Matcher matcher = TOLD.matcher(whole);
            if (whole.startsWith("data: ") && matcher.find()) {
                twice |= !told.add(Long.parseLong(matcher.group(1)));
            }
        }

        synchronized void cut() {
            cut = true;
        }

        synchronized boolean heardOnce(Set<Long> expected) {
            return !cut && !twice && told.equals(expected);
        }
    }

    private Ears() throws IOException {
        thread.setDaemon(true);
    }

    /** @param after the number of the last event that they know */
    static Ears open(Target target, int count, long after) throws IOException {
        Ears ears = new Ears();
        for (int i = 0; i < count; i++) {
            SocketChannel channel =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
            channel.write(ByteBuffer.wrap(target.stream(after)));
            channel.configureBlocking(false);
            Ear ear = new Ear();
            ears.ears.add(ear);
            channel.register(ears.selector, SelectionKey.OP_READ, ear);
        }
        ears.thread.start();
        return ears;
    }

    private void listen() {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try {
            while (!closed) {
                selector.select(key -> read(key, buffer), LOOK_MILLIS);
            }
        } catch (IOException e) {
            ears.forEach(Ear::cut);
        }
    }

    private static void read(SelectionKey key, ByteBuffer buffer) {
        Ear ear = (Ear) key.attachment();
        try {
            buffer.clear();
            int read = ((SocketChannel) key.channel()).read(buffer);
            if (read < 0) {
                key.cancel();
                ear.cut();
            } else {
                ear.hear(StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString());
            }
        } catch (IOException e) {
            key.cancel();
            ear.cut();
        }
    }

    /** How many were told exactly these, each once, on the connection that they began with. */
    long heardOnce(Set<Long> expected) {
        return ears.stream().filter(ear -> ear.heardOnce(expected)).count();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
