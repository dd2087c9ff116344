package dev.nightshift.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One direction of one relayed connection: a thread that reads and one that writes, with a short queue between. */
final class Pipe {
    /** What may wait here without a delay; more would hide a slow link from the sender. */
    private static final int SHORT_QUEUE = 4;
    /** With a delay the queue holds what is under way. */
    private static final int LONG_QUEUE = 256;

    /** Without bytes it is the end. */
    private static final class Chunk {
        private final byte[] bytes;
        private final long arrival = System.nanoTime();

        Chunk(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    private final Link link;
    private final Link.Direction direction;
    private final AtomicLong carried;
    private final Deque<Chunk> queue = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    Pipe(Link link, Link.Direction direction, AtomicLong carried) {
        this.link = link;
        this.direction = direction;
        this.carried = carried;
    }

    /** Reads until the end; an end in order is passed on behind the last bytes. */
    void read(Socket from) throws IOException, InterruptedException {
        InputStream in = from.getInputStream();
        byte[] buffer = new byte[Link.CHUNK];
        for (int read = in.read(buffer, 0, link.chunk()); read >= 0; read = in.read(buffer, 0, link.chunk())) {
            put(new Chunk(Arrays.copyOf(buffer, read)));
        }
        put(new Chunk(new byte[0]));
    }

    void write(Socket to) throws IOException, InterruptedException {
        OutputStream out = to.getOutputStream();
        for (Chunk chunk = take(); chunk.bytes.length > 0; chunk = take()) {
            link.pass(direction, chunk.bytes.length, chunk.arrival);
            out.write(chunk.bytes);
            carried.addAndGet(chunk.bytes.length);
        }
        to.shutdownOutput();
    }

    private void put(Chunk chunk) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queue.size() >= (link.delays() ? LONG_QUEUE : SHORT_QUEUE)) {
                moved.await();
            }
            queue.add(chunk);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Chunk take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queue.isEmpty()) {
                moved.await();
            }
            Chunk chunk = queue.remove();
            moved.signalAll();
            return chunk;
        } finally {
            lock.unlock();
        }
    }
}
