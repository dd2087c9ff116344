package dev.nightshift.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.ApiSettings;
import dev.nightshift.plan.Role;
import dev.nightshift.run.Permanent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void is_served_with_the_certificate_of_the_settings_and_without_it_to_nobody() throws Exception {
        Certificate certificate = files("one");
        ApiServer server = ApiServer.listen(vertx, settings("one"), List.of(new FakeBook("shop")), () -> 0, text -> {});

        assertThat(get(server, certificate).statusCode()).isEqualTo(200);
        Certificate other = files("two");
        assertThatThrownBy(() -> get(server, other)).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void a_certificate_that_is_renewed_is_served_without_a_restart() throws Exception {
        files("one");
        ApiServer server = ApiServer.listen(vertx, settings("one"), List.of(new FakeBook("shop")), () -> 0, text -> {});

        Certificate renewed = files("one");
        long end = System.nanoTime() + 20_000_000_000L;
        while (!trusts(server, renewed)) {
            assertThat(System.nanoTime()).as("served within 20 s").isLessThan(end);
        }
    }

    @Test
    void files_that_are_none_are_refused_at_the_start() {
        ApiSettings settings = settings("none");

        assertThatThrownBy(() -> ApiServer.listen(vertx, settings, List.of(), () -> 0, text -> {}))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("Unable to read file");
    }

    private boolean trusts(ApiServer server, Certificate certificate) throws Exception {
        try {
            return get(server, certificate).statusCode() == 200;
        } catch (SSLHandshakeException e) {
            return false;
        }
    }

    private HttpResponse<String> get(ApiServer server, Certificate trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", trusted);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + server.port() + "/api/v1/databases"))
                .header("authorization", "Bearer " + ApiClient.secret(Role.VIEWER))
                .build();
        return HttpClient.newBuilder().sslContext(context).build().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private ApiSettings settings(String name) {
        try {
            Path tokens = Files.writeString(directory.resolve("tokens.yaml"), ApiClient.line(Role.VIEWER));
            ApiSettings.Tls tls =
                    new ApiSettings.Tls(directory.resolve(name + ".pem"), directory.resolve(name + ".key"));
            return new ApiSettings(0, "127.0.0.1", Optional.of(tls), tokens, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Certificate files(String name) {
        return OwnCertificate.in(directory, name).certificate();
    }
}
