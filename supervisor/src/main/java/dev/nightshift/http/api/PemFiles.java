package dev.nightshift.http.api;

import dev.nightshift.http.token.FileStamp;
import dev.nightshift.plan.ApiSettings.Tls;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.util.List;

/** The certificate that is served and its key: they are renewed every few weeks, and a supervisor runs for months. */
final class PemFiles {

    private final Tls tls;
    private List<FileStamp> seen = List.of();

    PemFiles(Tls tls) {
        this.tls = tls;
        isRenewed();
    }

    PemKeyCertOptions options() {
        return new PemKeyCertOptions()
                .addCertPath(tls.certificate().toString())
                .addKeyPath(tls.key().toString());
    }

    ServerSSLOptions renewed() {
        ServerSSLOptions options = new ServerSSLOptions();
        options.setKeyCertOptions(options());
        return options;
    }

    /** Whether one of the files is another than when this was asked last; for a thread that may block. */
    boolean isRenewed() {
        try {
            List<FileStamp> now = List.of(FileStamp.of(tls.certificate()), FileStamp.of(tls.key()));
            boolean renewed = !now.equals(seen);
            seen = now;
            return renewed;
        } catch (IOException e) {
            // Just being written: what is served stays, and the next look sees the new ones.
            return false;
        }
    }
}
