package dev.nightshift.postgres;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** Makes the one Vert.x of a process: small, quick to start, and with the names that the rest of the machine knows. */
public final class EventLoops {

    private EventLoops() {}

    /** Whoever asks for it closes it. */
    public static Vertx create() {
        // The client's own resolver reads /etc/resolv.conf but not nsswitch, and its timeouts are longer than ours.
        System.setProperty("vertx.disableDnsResolver", "true");
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false)));
    }
}
