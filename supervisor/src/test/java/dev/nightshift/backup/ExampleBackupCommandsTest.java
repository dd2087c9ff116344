package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.program.Order;
import dev.nightshift.program.Programs;
import dev.nightshift.program.Ran;
import dev.nightshift.program.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code examples/backup} with stand-ins for the tools of clouds and of backup programs. */
@Timeout(120)
class ExampleBackupCommandsTest {

    private static final Path EXAMPLES =
            Path.of("..", "examples", "backup").toAbsolutePath().normalize();

    private final Path tools;

    ExampleBackupCommandsTest(@TempDir Path tools) {
        this.tools = tools;
    }

    private void tool(String name, String script) throws IOException {
        Path file = tools.resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, "#!/bin/sh\necho \"$*\" >> \"$(dirname \"$0\")/" + name + ".calls\"\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String calls(String name) throws IOException {
        return Files.readString(tools.resolve(name + ".calls"));
    }

    private Ran run(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(EXAMPLES.resolve(script).toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = Surroundings.of(System.getenv(), List.of());
        environment.put("PATH", tools + ":" + environment.get("PATH"));
        environment.put("TMPDIR", tools.toString());
        environment.put("NIGHTSHIFT_BACKUP", "nightshift-7f3kmq-1");
        environment.put("NIGHTSHIFT_BACKUP_ID", "");
        environment.put("NIGHTSHIFT_RUN", "7f3kmq");
        return Programs.run(new Order(command, tools, environment, Duration.ofSeconds(60)), tool -> {});
    }

    private Provider.Begun begun(String script, String... arguments) {
        Ran ran = run(script, arguments);
        assertThat(ran.good()).as(ran.inWords()).isTrue();
        return Answer.of(ran).begun();
    }

    private Provider.Look look(String script, String... arguments) {
        Ran ran = run(script, arguments);
        assertThat(ran.good()).as(ran.inWords()).isTrue();
        return Answer.of(ran).look(Optional.empty());
    }

    @Test
    void rds_begins_one_snapshot_under_our_name_however_often_it_is_asked() throws IOException {
        tool("aws", "echo arn:aws:rds:eu-west-1:1:snapshot:nightshift-7f3kmq-1");
        assertThat(begun("rds-start", "shop").handle()).isEqualTo("nightshift-7f3kmq-1");
        assertThat(calls("aws")).contains("--db-instance-identifier shop --db-snapshot-identifier nightshift-7f3kmq-1");
        tool("aws", "echo 'An error occurred (DBSnapshotAlreadyExists) when calling CreateDBSnapshot' >&2; exit 254");
        assertThat(begun("rds-start", "shop").handle()).isEqualTo("nightshift-7f3kmq-1");
        tool("aws", "echo 'An error occurred (InvalidDBInstanceState): backing-up' >&2; exit 254");
        assertThat(run("rds-start", "shop").status()).isEqualTo(75);
        tool("aws", "echo 'An error occurred (AccessDenied)' >&2; exit 254");
        assertThat(run("rds-start", "shop").inWords()).isEqualTo("exit status 1: An error occurred (AccessDenied)");
    }

    @Test
    void rds_tells_how_far_the_snapshot_is_and_which_instant_it_holds() throws IOException {
        tool("aws", "echo 'An error occurred (DBSnapshotNotFound)' >&2; exit 254");
        assertThat(look("rds-poll").state()).isEqualTo(Provider.State.NONE);
        tool("aws", "printf 'creating\\t34\\tNone\\tNone\\t100\\tarn:1\\n'");
        assertThat(look("rds-poll")).isEqualTo(Provider.Look.of(Provider.State.RUNNING, "creating, 34 %"));
        tool(
                "aws",
                "printf 'available\\t100\\t2026-03-02T01:00:07.123000+00:00\\t2026-03-02T01:09:00+00:00\\t100\\tarn:1\\n'");
        Provider.Found found = look("rds-poll").found().orElseThrow();
        assertThat(found.at()).isEqualTo(Instant.parse("2026-03-02T01:00:07.123Z"));
        assertThat(found.size())
                .hasValueSatisfying(size -> assertThat(size.bytes()).isEqualTo(100L << 30));
        assertThat(found.location()).isEqualTo("arn:1");
        tool("aws", "printf 'failed\\t0\\tNone\\tNone\\t100\\tarn:1\\n'");
        assertThat(look("rds-poll").state()).isEqualTo(Provider.State.FAILED);
        tool("aws", "echo 'Could not connect to the endpoint URL' >&2; exit 255");
        assertThat(run("rds-poll").status()).isEqualTo(75);
    }

    @Test
    void cloud_sql_knows_our_backup_by_its_description() throws IOException {
        tool("gcloud", "case \"$*\" in *list*) ;; *) echo operation-1 ;; esac");
        begun("cloudsql-start", "shop");
        assertThat(calls("gcloud"))
                .contains("backups create --instance=shop --description=nightshift-7f3kmq-1 --async");
        Files.delete(tools.resolve("gcloud.calls"));
        tool("gcloud", "echo 1700000000000");
        begun("cloudsql-start", "shop");
        assertThat(calls("gcloud")).doesNotContain("create");

        tool("gcloud", "");
        assertThat(look("cloudsql-poll", "shop").state()).isEqualTo(Provider.State.NONE);
        tool("gcloud", "echo 1700000000000,RUNNING,2026-03-02T01:00:07.123Z");
        assertThat(look("cloudsql-poll", "shop").message()).isEqualTo("RUNNING");
        tool("gcloud", "echo 1700000000000,SUCCESSFUL,2026-03-02T01:00:07.123Z");
        assertThat(look("cloudsql-poll", "shop").found().orElseThrow().at())
                .isEqualTo(Instant.parse("2026-03-02T01:00:07.123Z"));
        tool("gcloud", "echo 1700000000000,FAILED,");
        assertThat(look("cloudsql-poll", "shop").state()).isEqualTo(Provider.State.FAILED);
        tool("gcloud", "echo 'ERROR: UNAVAILABLE: try later' >&2; exit 1");
        assertThat(run("cloudsql-poll", "shop").status()).isEqualTo(75);
    }

    @Test
    void pgbackrest_works_on_behind_the_command_that_began_it() throws Exception {
        needsJq();
        tool("pgbackrest", "case \"$*\" in *info*) cat info.json ;; *) echo begun >> begun ;; esac");
        Files.writeString(tools.resolve("info.json"), info("true", ""));
        assertThat(look("pgbackrest-poll", "shop").state()).isEqualTo(Provider.State.NONE);
        begun("pgbackrest-start", "shop");
        begun("pgbackrest-start", "shop");
        assertThat(look("pgbackrest-poll", "shop"))
                .isEqualTo(Provider.Look.of(Provider.State.RUNNING, "backup running"));
        while (!Files.exists(tools.resolve("begun"))) {
            Thread.onSpinWait();
        }
        assertThat(Files.readAllLines(tools.resolve("begun")))
                .as("backups begun")
                .hasSize(1);
        assertThat(calls("pgbackrest")).contains("--annotation=nightshift=nightshift-7f3kmq-1 backup");

        String backup =
                "{\"label\":\"20260302-010000F\",\"error\":false,\"annotation\":{\"nightshift\":\"nightshift-7f3kmq-1\"},"
                        + "\"timestamp\":{\"start\":1772413200,\"stop\":1772414561},\"info\":{\"repository\":{\"size\":4711}}}";
        Files.writeString(tools.resolve("info.json"), info("false", backup));
        Provider.Found found = look("pgbackrest-poll", "shop").found().orElseThrow();
        assertThat(found.at()).isEqualTo(Instant.ofEpochSecond(1772414561));
        assertThat(found.location()).isEqualTo("20260302-010000F");

        Ran attested = run("pgbackrest-attest", "shop", "restored");
        assertThat(Answer.of(attested).attestation().level()).isEqualTo("restored");
        Files.writeString(
                tools.resolve("info.json"), info("false", backup.replace("\"error\":false", "\"error\":true")));
        assertThat(look("pgbackrest-poll", "shop").state()).isEqualTo(Provider.State.FAILED);
        assertThat(run("pgbackrest-attest", "shop").good()).as("no good backup").isFalse();
        Files.writeString(tools.resolve("info.json"), info("false", ""));
        Files.writeString(tools.resolve("nightshift-7f3kmq-1.log"), "P00  ERROR: [050]: unable to acquire lock\n");
        assertThat(look("pgbackrest-poll", "shop").message()).contains("unable to acquire lock");
    }

    private static String info(String held, String backup) {
        return "[{\"name\":\"shop\",\"backup\":[" + backup + "],\"status\":{\"code\":0,\"lock\":{\"backup\":{\"held\":"
                + held + "}},\"message\":\"ok\"}}]";
    }

    @Test
    void barman_attests_the_latest_backup_that_is_done() throws IOException {
        needsJq();
        tool("barman", "cat list.json");
        String done =
                "{\"backup_id\":\"20260301T010000\",\"status\":\"DONE\",\"end_time_timestamp\":\"1772328000\",\"size_bytes\":9}";
        String failed = "{\"backup_id\":\"20260302T010000\",\"status\":\"FAILED\"}";
        Files.writeString(tools.resolve("list.json"), "{\"shop\":[" + failed + "," + done + "]}");
        Provider.Found found = Answer.of(run("barman-attest", "shop")).attestation();
        assertThat(found.handle()).isEqualTo("20260301T010000");
        assertThat(found.at()).isEqualTo(Instant.ofEpochSecond(1772328000));
        Files.writeString(tools.resolve("list.json"), "{\"shop\":[" + failed + "]}");
        assertThat(run("barman-attest", "shop").good()).isFalse();
        tool("barman", "exit 1");
        assertThat(run("barman-attest", "shop").status()).isEqualTo(75);
    }

    private static void needsJq() {
        boolean there = Programs.run(
                        new Order(
                                List.of("jq", "--version"),
                                Path.of("/"),
                                Surroundings.of(System.getenv(), List.of()),
                                Duration.ofSeconds(30)),
                        tool -> {})
                .good();
        Assumptions.assumeTrue(there, "there is no jq on this machine, which these commands need");
    }
}
