package dev.nightshift.bench.policy;

import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.Program;
import dev.nightshift.sandbox.SandboxFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code nightshift run} of a plan with one backfill, as a user starts it and with the limits that it has by itself. */
final class Nightshift implements Policy {

    private static final String PLAN = """
            nightshift: 1
            name: bench
            database: {url: "%s"}
            replicas: {required: [%s]}
            backup: none
            steps:
              - backfill:
                  name: fill
                  table: public.orders
                  set: {total_cents: "(amount * 100)::bigint", touched: "touched + 1"}
                  where: "total_cents IS NULL"
                  walk: %s
            """;

    private static final String DONE =
            "SELECT coalesce(sum(n_tup_upd), 0) FROM pg_stat_all_tables WHERE relid = 'public.orders'::regclass";
    private static final int LAST_LINES = 12;

    private final String walk;

    Nightshift(String walk) {
        this.walk = walk;
    }

    @Override
    public void carryOut(Scene scene) throws IOException, InterruptedException {
        Login login = scene.login();
        Path plan = Files.writeString(
                scene.directory().resolve("nightshift-" + walk + ".yaml"),
                PLAN.formatted(login.url(), Scene.STANDBY, walk));
        Path output = scene.directory().resolve("nightshift-" + walk + ".out");
        Program program = new Program(Optional.empty(), login.password());
        if (program.start(output, "run", plan.toString()).waitFor() != 0) {
            List<String> lines = Files.readAllLines(output);
            throw new SandboxFailed("nightshift run failed: "
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
        }
    }

    @Override
    public double share(Scene scene) {
        return scene.login().number(DONE) / (double) scene.rows();
    }
}
