package dev.nightshift.plan;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a standing supervisor serves its API, and to whom.
 *
 * @param port 0 for a free one
 * @param address the address it listens on
 * @param tls empty on a loopback address only
 * @param tokens the file of those who may speak to it
 * @param alertsAbort whether an alert that asks for an abort gets one; else it holds the run
 */
public record ApiSettings(int port, String address, Optional<Tls> tls, Path tokens, boolean alertsAbort) {

    public ApiSettings {
        if (tls.isEmpty() && !isLoopback(address)) {
            throw new IllegalArgumentException("expected `tls` for an address that others can reach, found none; tokens"
                    + " would be readable on the network of " + address);
        }
    }

    /** PEM files. */
    public record Tls(Path certificate, Path key) {}

    private static boolean isLoopback(String address) {
        return address.equals("localhost") || address.equals("::1") || address.matches("127(\\.\\d{1,3}){3}");
    }
}
