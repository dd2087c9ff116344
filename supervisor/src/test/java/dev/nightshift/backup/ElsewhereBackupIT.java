package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import dev.nightshift.schema.ClaimedRun;
import dev.nightshift.time.Backoff;
import dev.nightshift.worker.BackupOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups that commands of the plan take and attest, against a cloud that is a directory of this test. */
@Timeout(120)
class ElsewhereBackupIT extends DumpScene {

    private static final String COMMAND =
            "backup: {command: {start: [./start], poll: [./poll], every: 1s, timeout: 1m}%s}\n" + STEPS;
    private static final String NOW = "$(date -u +%FT%TZ)";

    private Function<BackupSpec.Snapshot, Provider> snapshots = spec -> {
        throw new AssertionError("no cluster here");
    };
    private Duration underWay = Duration.ofMillis(300);

    ElsewhereBackupIT(@TempDir Path folder) {
        super(folder);
    }

    /** Files named like backups are the cloud; the file {@code state} says what every look answers. */
    @BeforeEach
    void a_cloud() throws IOException {
        script(
                "start",
                "echo begun >> begun; touch $NIGHTSHIFT_BACKUP; echo \"{\\\"id\\\": \\\"$NIGHTSHIFT_BACKUP\\\"}\"");
        script(
                "poll",
                "echo polled $NIGHTSHIFT_BACKUP_ID >> polled; [ -e $NIGHTSHIFT_BACKUP ] || { echo '{\"state\":\"none\"}'; exit 0; };"
                        + " cat state 2>/dev/null || " + done(NOW));
    }

    private static String done(String at) {
        return "echo \"{\\\"state\\\": \\\"done\\\", \\\"id\\\": \\\"$NIGHTSHIFT_BACKUP\\\", \\\"created-at\\\": \\\""
                + at + "\\\", \\\"size\\\": 5000000, \\\"location\\\": \\\"arn:cloud:$NIGHTSHIFT_BACKUP\\\"}\"";
    }

    private void script(String name, String body) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Plan elsewhere(String backup) {
        return ClaimedRun.plan(database, folder, backup);
    }

    private Plan command() {
        return elsewhere(COMMAND.formatted(""));
    }

    private BackupOutcome have(Plan plan) {
        return have(plan, run);
    }

    private BackupOutcome have(Plan plan, ClaimedRun of) {
        ElsewhereTask.Patience patience =
                new ElsewhereTask.Patience(new Backoff(Duration.ofMillis(20), Duration.ofMillis(50)), underWay);
        return new ElsewhereBackup(catalog, journal, CommandedBackups.of(environment, snapshots), Optional.of(patience))
                .takeAndVerify(of.record(), plan, of.attempt());
    }

    private List<String> lines(String file) {
        try {
            return Files.exists(folder.resolve(file)) ? Files.readAllLines(folder.resolve(file)) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private KeptBackup kept(String id) {
        return journal.find(id).orElseThrow();
    }

    @Test
    void a_backup_is_begun_once_and_polled_until_it_is_done() throws Exception {
        Files.writeString(folder.resolve("state"), "{\"state\": \"running\", \"message\": \"34 %\"}");
        CompletableFuture<BackupOutcome> taking = CompletableFuture.supplyAsync(() -> have(command()));
        while (lines("polled").size() < 3 && !taking.isDone()) {
            Thread.onSpinWait();
        }
        assertThat(run.said()).contains("waits for the backup nightshift-7f3kmq-1: running, 34 %");
        Files.delete(folder.resolve("state"));
        assertThat(taking.get().id()).isEqualTo("7f3kmq-1");
        assertThat(lines("begun")).hasSize(1);
        KeptBackup backup = kept("7f3kmq-1");
        assertThat(backup.state()).isEqualTo(KeptBackup.State.VERIFIED);
        assertThat(backup.kind()).isEqualTo(KeptBackup.Kind.COMMAND);
        assertThat(backup.verification()).isEqualTo("attested");
        assertThat(backup.location()).isEqualTo("arn:cloud:nightshift-7f3kmq-1");
        assertThat(backup.snapshotLsn()).isPresent();
        assertThat(database.text("SELECT (detail ->> 'lsnAfter')::pg_lsn >= snapshot_lsn FROM nightshift.backups"))
                .isEqualTo("true");
        assertThat(database.text("SELECT detail -> 'unchecked' FROM nightshift.backups"))
                .contains("nothing of it was read here");
    }

    @Test
    void one_that_was_stopped_while_it_polled_is_found_again_by_its_id() throws IOException {
        Files.writeString(folder.resolve("state"), "{\"state\": \"running\"}");
        stopWhilePolling();
        assertThat(kept("7f3kmq-1").state()).isEqualTo(KeptBackup.State.RUNNING);
        Files.delete(folder.resolve("state"));
        assertThat(have(command()).id()).isEqualTo("7f3kmq-1");
        assertThat(lines("begun")).as("backups begun").hasSize(1);
        assertThat(lines("polled")).last().isEqualTo("polled nightshift-7f3kmq-1");
    }

    @Test
    void one_whose_beginning_was_never_heard_of_is_found_again_by_its_name() throws IOException {
        script("start", "touch $NIGHTSHIFT_BACKUP; echo begun >> begun; sleep 600");
        stopWhile(() -> !lines("begun").isEmpty());
        assertThat(kept("7f3kmq-1").handle()).isEmpty();
        have(command());
        assertThat(lines("begun")).as("backups begun").hasSize(1);
    }

    @Test
    void one_that_was_never_begun_is_begun_when_no_beginning_can_be_under_way_any_more() throws IOException {
        script("start", "echo asked >> asked; sleep 600");
        stopWhile(() -> !lines("asked").isEmpty());
        a_cloud();
        have(command());
        assertThat(lines("begun")).hasSize(1);
        assertThat(kept("7f3kmq-1").state()).isEqualTo(KeptBackup.State.VERIFIED);
    }

    private void stopWhilePolling() {
        stopWhile(() -> lines("polled").size() > 1);
    }

    private void stopWhile(java.util.function.BooleanSupplier reached) {
        CompletableFuture<BackupOutcome> taking = CompletableFuture.supplyAsync(() -> have(command()));
        while (!reached.getAsBoolean() && !taking.isDone()) {
            Thread.onSpinWait();
        }
        run.stop();
        assertThatThrownBy(taking::join).hasCauseInstanceOf(Transient.class);
        run.goOn();
    }

    @Test
    void a_cloud_that_asks_for_patience_gets_it() throws IOException {
        script(
                "start",
                "echo begun >> begun; [ $(wc -l < begun) -ge 3 ] || exit 75; touch $NIGHTSHIFT_BACKUP;"
                        + " echo '{\"id\": \"x\"}'");
        have(command());
        assertThat(lines("begun")).hasSize(3);
        script("poll", "echo p >> asked; [ $(wc -l < asked) -ge 3 ] || exit 75; " + done(NOW));
        database.execute("UPDATE nightshift.backups SET state = 'failed', verified_at = NULL");
        assertThat(have(command()).id()).isEqualTo("7f3kmq-2");
    }

    @Test
    void failures_and_garbage_are_told_and_end_it() throws IOException {
        script("start", "echo 'AccessDenied for ' $SECRET_KEY >&2; exit 255");
        environment.put("SECRET_KEY", "hunter2hunter2");
        Plan plan = elsewhere(
                "backup: {command: {start: [./start], poll: [./poll], pass-environment: [SECRET_KEY]}}\n" + STEPS);
        assertThatThrownBy(() -> have(plan))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("exit status 255: AccessDenied for  ***");
        assertThat(failure()).contains("AccessDenied").doesNotContain("hunter2");
        a_cloud();
        script("poll", "yes | head -c 10000000");
        assertThatThrownBy(() -> have(plan))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("expected one JSON object");
        script("poll", "echo '{\"state\": \"failed\", \"message\": \"quota of snapshots\"}'");
        assertThatThrownBy(() -> have(plan)).hasMessageContaining("quota of snapshots");
        script("start", "exec /nowhere/aws");
        assertThatThrownBy(() -> have(elsewhere("backup: {command: {start: [./gone], poll: [./poll]}}\n" + STEPS)))
                .hasMessageContaining("cannot be started");
        assertThat(journal.of(run.record().id())).allMatch(backup -> backup.state() == KeptBackup.State.FAILED);
    }

    @Test
    void one_that_is_never_ready_is_given_up_with_its_name() throws IOException {
        Files.writeString(folder.resolve("state"), "{\"state\": \"running\", \"message\": \"34 %\"}");
        stopWhilePolling();
        database.execute("UPDATE nightshift.backups SET started_at = started_at - interval '2 minutes'");
        assertThatThrownBy(() -> have(command()))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("nightshift-7f3kmq-1 was not ready after 1 min: running, 34 %");
    }

    @Test
    void one_that_holds_an_earlier_state_than_it_was_asked_for_is_refused() throws IOException {
        script(
                "poll",
                "[ -e $NIGHTSHIFT_BACKUP ] || { echo '{\"state\":\"none\"}'; exit 0; };"
                        + done("2020-01-01T00:00:00Z"));
        assertThatThrownBy(() -> have(command()))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("before it was asked for");
    }

    @Test
    void a_young_backup_of_an_earlier_run_serves_while_it_is_there_and_nothing_was_redefined() throws IOException {
        Plan plan = elsewhere(COMMAND.formatted(", maxAge: 1h"));
        have(plan);
        ClaimedRun second = next("abcdef");
        have(plan, second);
        assertThat(kept("abcdef-1").servesFrom()).contains("7f3kmq-1");
        assertThat(lines("begun")).hasSize(1);
        database.execute("ALTER TABLE orders ADD COLUMN total int");
        have(plan, next("bcdefg"));
        assertThat(lines("begun")).hasSize(2);
        Files.delete(folder.resolve("nightshift-bcdefg-1"));
        have(plan, next("cdefgh"));
        assertThat(lines("begun")).as("it is not there any more").hasSize(3);
    }

    private ClaimedRun next(String id) {
        database.execute("UPDATE nightshift.runs SET state = 'succeeded', ended_at = clock_timestamp()"
                + " WHERE ended_at IS NULL");
        return ClaimedRun.start(database, id);
    }

    @Test
    void an_attestation_is_as_old_as_the_data_that_it_attests() throws IOException {
        Plan plan = elsewhere("backup: {external: {command: [./attest]}, maxAge: 24h, verify: checksummed}\n" + STEPS);
        script("attest", attestation("$(date -u -d '5 hours ago' +%FT%TZ)", "restored"));
        have(plan);
        KeptBackup backup = kept("7f3kmq-1");
        assertThat(backup.verification()).isEqualTo("attested as restored");
        assertThat(backup.age()).isBetween(Duration.ofHours(4), Duration.ofHours(6));
        assertThat(backup.snapshotLsn()).isEmpty();

        script("attest", attestation("$(date -u -d '25 hours ago' +%FT%TZ)", "restored"));
        assertThatThrownBy(() -> have(plan, next("abcdef")))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("> 24 h 0 min (maxAge)");
        script("attest", attestation("$(date -u -d '5 hours ago' +%FT%TZ)", "readable"));
        assertThatThrownBy(() -> have(plan, next("bcdefg")))
                .hasMessageContaining("is attested as readable, and the plan wants checksummed");
        database.execute("INSERT INTO nightshift.steps (run_id, part, ordinal, name, kind, class, state, started_at,"
                + " ended_at) VALUES ('abcdef', 'work', 0, 's', 'statement', 'atomic', 'done',"
                + " clock_timestamp() - interval '2 hours', clock_timestamp() - interval '1 hour')");
        script("attest", attestation("$(date -u -d '5 hours ago' +%FT%TZ)", "restored"));
        assertThatThrownBy(() -> have(plan, next("cdefgh"))).hasMessageContaining("a run has written since");
    }

    private static String attestation(String at, String level) {
        return "echo \"{\\\"id\\\": \\\"20260301F\\\", \\\"taken-at\\\": \\\"" + at + "\\\", \\\"level\\\": \\\""
                + level + "\\\"}\"";
    }

    @Test
    void a_standby_is_waited_for_until_it_has_what_the_primary_had() {
        Plan plan = elsewhere("backup: {snapshot: {claims: [data-0], standby: standby-a, timeout: 1m}}\n" + STEPS);
        Volumes volumes = new Volumes();
        snapshots = spec -> volumes;
        CompletableFuture<BackupOutcome> taking = CompletableFuture.supplyAsync(() -> have(plan));
        String waits = "waits for the backup nightshift-7f3kmq-1: standby standby-a is not connected";
        while (!run.said().contains(waits) && !taking.isDone()) {
            Thread.onSpinWait();
        }
        run.stop();
        assertThatThrownBy(taking::join).hasCauseInstanceOf(Transient.class);
        run.goOn();
        assertThat(volumes.begun).isZero();
        database.execute("UPDATE nightshift.backups SET started_at = started_at - interval '2 minutes'");
        assertThatThrownBy(() -> have(plan))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("standby standby-a is not connected");
        assertThat(volumes.begun).isZero();
    }

    @Test
    void a_snapshot_counts_like_any_other_backup() {
        Volumes volumes = new Volumes();
        snapshots = spec -> volumes;
        have(elsewhere("backup: {snapshot: {claims: [data-0]}}\n" + STEPS));
        assertThat(volumes.begun).isEqualTo(1);
        assertThat(kept("7f3kmq-1").kind()).isEqualTo(KeptBackup.Kind.SNAPSHOT);
        assertThat(kept("7f3kmq-1").state()).isEqualTo(KeptBackup.State.VERIFIED);
    }

    /** A storage that is done at once. */
    private static final class Volumes implements Provider {

        private int begun;

        @Override
        public Begun begin(Wanted wanted) {
            begun++;
            return new Begun(wanted.name(), "shop/" + wanted.name());
        }

        @Override
        public Look look(Wanted wanted, Optional<String> handle) {
            return begun == 0
                    ? Look.of(State.NONE, "")
                    : Look.done(new Found(
                            wanted.name(),
                            "shop/" + wanted.name(),
                            Instant.now(),
                            Optional.empty(),
                            "attested",
                            List.of()));
        }

        @Override
        public Outlook outlook(Plan plan, Function<Instant, Optional<String>> doubt) {
            return new Outlook("a snapshot", List.of(), List.of());
        }
    }
}
