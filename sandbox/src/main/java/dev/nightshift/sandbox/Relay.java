package dev.nightshift.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP relay on a port of this machine that can be slowed, delayed, frozen and cut; between a standby and its primary,
 * or between any client and server.
 */
public final class Relay implements AutoCloseable {
    /** Small, so that a slow link is felt by the sender and not hidden in the kernel's buffers. */
    private static final int SOCKET_BUFFER = 64 << 10;

    private final InetSocketAddress server;
    private final int port;
    private volatile Link link = new Link();
    private final AtomicLong toServer = new AtomicLong();
    private final AtomicLong toClient = new AtomicLong();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;
    private volatile Thread accepting;

    private Relay(InetSocketAddress server) throws IOException {
        this.server = server;
        this.port = Ports.free();
        this.listener = listen();
        this.accepting = accepting(listener);
    }

    /** To a server of this machine. */
    public static Relay to(int serverPort) throws IOException {
        return to(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
    }

    public static Relay to(InetSocketAddress server) throws IOException {
        return new Relay(server);
    }

    /** Where clients connect, at 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Each direction carries at most that many bytes a second, all connections together; at once, also for open ones. */
    public void limit(long bytesPerSecond) {
        link.limit(bytesPerSecond);
    }

    public void unlimited() {
        link.unlimited();
    }

    /** Every byte arrives that much later, in each direction. */
    public void delay(Duration delay) {
        link.delay(delay);
    }

    /** Nothing passes and no connection ends: what a firewall that forgot the connection looks like. */
    public void freeze() {
        link.frozen(true);
    }

    public void thaw() {
        link.frozen(false);
    }

    /** Open connections carry nothing any more and never end; new ones are carried as if nothing had been set. */
    public void forget() {
        link.frozen(true);
        link = new Link();
    }

    /** Resets every connection and refuses new ones until {@link #restore}. */
    public synchronized void cut() {
        try {
            listener.close();
            // The port still takes connections until the thread that waits for one has noticed.
            accepting.join();
        } catch (IOException e) {
            throw new SandboxFailed("could not close port " + port, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxFailed("interrupted while closing port " + port, e);
        }
        drop();
    }

    /** Resets every connection and takes new ones. */
    public void drop() {
        connections.forEach(Connection::reset);
    }

    public synchronized void restore() {
        if (listener.isClosed()) {
            try {
                listener = listen();
                accepting = accepting(listener);
            } catch (IOException e) {
                throw new SandboxFailed("could not listen on port " + port + " again", e);
            }
        }
    }

    public int connections() {
        return connections.size();
    }

    /** Bytes carried to the server so far. */
    public long toServer() {
        return toServer.get();
    }

    /** Bytes carried to the client so far; for a standby's link the WAL that the primary sent. */
    public long toClient() {
        return toClient.get();
    }

    @Override
    public void close() {
        cut();
    }

    private ServerSocket listen() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.setReceiveBufferSize(SOCKET_BUFFER);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private Thread accepting(ServerSocket socket) {
        return run("accepts", () -> accept(socket));
    }

    private void accept(ServerSocket socket) throws IOException {
        while (!socket.isClosed()) {
            Connection connection = new Connection(socket.accept());
            connections.add(connection);
            if (socket.isClosed()) {
                connection.reset();
            }
            run("connects", connection::open);
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private Thread run(String what, Work work) {
        Runnable quietly = () -> {
            try {
                work.run();
            } catch (IOException | InterruptedException ended) {
                // A closed socket or a reset is how a relayed connection ends.
            }
        };
        Thread thread = new Thread(quietly, "relay " + port + " " + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A client's connection with its other half to the server, and the four threads that move the bytes. */
    private final class Connection {
        private final Socket client;
        private final Socket upstream = new Socket();
        private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        private final AtomicInteger openEnds = new AtomicInteger(2);

        Connection(Socket client) {
            this.client = client;
        }

        void open() throws IOException {
            try {
                upstream.setReceiveBufferSize(SOCKET_BUFFER);
                upstream.connect(server);
                for (Socket socket : List.of(client, upstream)) {
                    socket.setTcpNoDelay(true);
                    socket.setSendBufferSize(SOCKET_BUFFER);
                }
            } catch (IOException e) {
                reset();
                throw e;
            }
            carry(client, upstream, new Pipe(link, link.toServer, toServer));
            carry(upstream, client, new Pipe(link, link.toClient, toClient));
            if (client.isClosed()) {
                // Cut in between, so that not all threads were there to be interrupted.
                close();
            }
        }

        private void carry(Socket from, Socket to, Pipe pipe) {
            threads.add(Relay.this.run("reads", () -> orReset(() -> pipe.read(from))));
            threads.add(Relay.this.run("writes", () -> {
                orReset(() -> pipe.write(to));
                if (openEnds.decrementAndGet() == 0) {
                    close();
                }
            }));
        }

        private void orReset(Work work) throws IOException, InterruptedException {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                reset();
                throw e;
            }
        }

        /** With linger 0 a close is a reset: both ends notice at once. */
        void reset() {
            try {
                client.setSoLinger(true, 0);
                upstream.setSoLinger(true, 0);
            } catch (IOException alreadyClosed) {
                connections.remove(this);
            }
            close();
        }

        private void close() {
            connections.remove(this);
            for (Socket socket : List.of(client, upstream)) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // Closed is what was wanted.
                }
            }
            threads.forEach(Thread::interrupt);
        }
    }
}
