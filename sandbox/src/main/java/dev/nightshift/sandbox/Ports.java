package dev.nightshift.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/** Free ports below those that the system gives to outgoing connections, so that a stopped server finds its own again. */
final class Ports {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ports() {}

    static int free() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = FIRST + RANDOM.nextInt(COUNT);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // The next one may be free.
            }
        }
        throw new SandboxFailed("no free port from " + FIRST + " to " + (FIRST + COUNT));
    }
}
