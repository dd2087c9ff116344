package dev.nightshift.sandbox.demo;

import dev.nightshift.sandbox.Await;
import dev.nightshift.sandbox.Program;
import dev.nightshift.sandbox.SandboxFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A {@code nightshift serve} that stands by and shows the demo's run on its page. */
final class DemoPage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TO_LEAVE = Duration.ofSeconds(10);

    private final Process serve;
    private final String address;
    private final String token;

    private DemoPage(Process serve, String address, String token) {
        this.serve = serve;
        this.address = address;
        this.token = token;
    }

    /** Its token is that of somebody who may do anything. */
    static DemoPage open(Program program, DemoPlan files, String database, int port)
            throws IOException, InterruptedException {
        Path directory = files.directory();
        Path secret = directory.resolve("page.token");
        String tokens = directory.resolve("tokens.yaml").toString();
        if (!program.print(secret, "token", "you", "--role", "approver", "--tokens", tokens)) {
            throw new SandboxFailed("nightshift token failed");
        }
        String settings = "databases: [{url: \"" + database + "\", name: shop}]\napi: {port: " + port
                + ", tokens: tokens.yaml}\n";
        Path log = directory.resolve("serve.log");
        Process serve = program.start(
                log,
                "serve",
                Files.writeString(directory.resolve("serve.yaml"), settings).toString());
        String address = "http://127.0.0.1:" + port + "/";
        Await.until("the page is served", PATIENCE, () -> {
            String said = Files.readString(log);
            if (!serve.isAlive()) {
                throw new SandboxFailed("nightshift serve has ended: " + said);
            }
            return said.contains(address);
        });
        return new DemoPage(serve, address, Files.readString(secret).strip());
    }

    String invitation() {
        return "open " + address + " in a browser and sign in with: " + token;
    }

    @Override
    public void close() {
        serve.destroy();
        try {
            if (!serve.waitFor(TO_LEAVE.toSeconds(), TimeUnit.SECONDS)) {
                serve.destroyForcibly();
            }
        } catch (InterruptedException e) {
            serve.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
