package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.BackupSpec.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backups that somebody else takes, as plans say it. */
class BackupReaderTest {

    private static final List<String> ACCEPTED = List.of(
            "{command: {start: [rds-start, shop, 5432], poll: [./rds-poll], timeout: 3h, every: 30s, pass-environment:"
                    + " [AWS_REGION, AWS_PROFILE]}, verify: attested, maxAge: 24h}",
            "{command: {start: [a], poll: [b]}}",
            "{external: {command: [attest, shop], timeout: 5s}, verify: checksummed, maxAge: 24h}",
            "{snapshot: {claims: [data-primary-0], class: csi-retain, namespace: shop, timeout: 30m}}",
            "{snapshot: {claims: [data-standby-a-0, wal-standby-a-0], atomic: true, standby: standby-a}}");

    static Stream<String> plans() {
        return ACCEPTED.stream().map(BackupReaderTest::plan);
    }

    private static String plan(String backup) {
        return Plans.SMALL.replace("backup: none", "backup: " + backup);
    }

    private static BackupSpec read(int index) {
        return Plans.accepted(plan(ACCEPTED.get(index))).backup();
    }

    @Test
    void a_command_begins_and_another_polls() {
        assertThat(read(0)).isInstanceOfSatisfying(BackupSpec.Command.class, command -> {
            assertThat(command.start()).containsExactly("rds-start", "shop", "5432");
            assertThat(command.poll()).containsExactly("./rds-poll");
            assertThat(command.passed()).containsExactly("AWS_REGION", "AWS_PROFILE");
            assertThat(command.timeout()).isEqualTo(Duration.ofHours(3));
            assertThat(command.every()).isEqualTo(Duration.ofSeconds(30));
            assertThat(command.maxAge()).isEqualTo(Duration.ofDays(1));
        });
        assertThat(read(1)).isInstanceOfSatisfying(BackupSpec.Command.class, command -> {
            assertThat(command.timeout()).isEqualTo(Duration.ofHours(2));
            assertThat(command.maxAge()).isZero();
        });
    }

    @Test
    void an_attestation_has_an_age_and_may_have_to_say_more() {
        assertThat(read(2)).isInstanceOfSatisfying(BackupSpec.External.class, external -> {
            assertThat(external.command()).containsExactly("attest", "shop");
            assertThat(external.least()).isEqualTo(Verification.CHECKSUMMED);
        });
    }

    @Test
    void a_snapshot_is_of_one_volume_or_of_several_at_one_instant() {
        assertThat(read(3))
                .isEqualTo(new BackupSpec.Snapshot(
                        List.of("data-primary-0"),
                        Optional.of("csi-retain"),
                        Optional.of("shop"),
                        false,
                        Optional.empty(),
                        Duration.ofMinutes(30),
                        Duration.ZERO));
        assertThat(read(4)).isInstanceOfSatisfying(BackupSpec.Snapshot.class, snapshot -> {
            assertThat(snapshot.atomic()).isTrue();
            assertThat(snapshot.standby()).contains("standby-a");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{command: {start: [a]}} | backup.command.poll: expected the key 'poll', found none",
                "{command: {start: aws, poll: [b]}} | backup.command.start: expected a program and its arguments, found 'aws'",
                "{command: {start: [], poll: [b]}} | backup.command.start: expected a program and its arguments, found an empty list",
                "{command: {start: [a], poll: [b], timeout: 5s}} | backup.command.timeout: expected a duration from 1m to 2d, found '5s'",
                "{command: {start: [a], poll: [b], pass-environment: [A=b]}} | backup.command.pass-environment[0]: expected the name of a variable, whose value comes from where nightshift runs, found 'A=b'",
                "{command: {start: [a], poll: [b]}, verify: readable} | backup.verify: expected attested, since nothing of such a backup can be read here, found 'readable'",
                "{command: {start: [a], poll: [b]}, external: {command: [c]}} | backup: expected one way to take the backup, found command and external",
                "{external: {command: [a]}} | backup: expected `maxAge`, since the backup is taken without this run, found none",
                "{external: {command: [a]}, maxAge: 1d, verify: good} | backup.verify: expected attested, readable, checksummed or restored, found 'good'",
                "{snapshot: {claims: [a, b]}} | backup: expected one volume, or `atomic: true` if your storage takes the snapshots of all of them at one instant, found 2; snapshots of different instants are no backup of a server",
                "{snapshot: {claims: [Data_0]}} | backup.snapshot.claims[0]: expected the name of an object in Kubernetes such as data-primary-0, found 'Data_0'",
                "{snapshot: {claims: [a]}, verify: checksummed} | backup.verify: expected attested, since nothing of such a backup can be read here, found 'checksummed'",
                "{snapshot: data-0} | backup.snapshot: expected a mapping with `claims`, found 'data-0'",
            })
    void what_cannot_be_is_refused_with_what_was_expected(String backup, String problem) {
        assertThat(Plans.problems(plan(backup)))
                .singleElement()
                .satisfies(found -> assertThat(found).endsWith(problem));
    }

    @Test
    void an_outline_says_loudly_that_nothing_of_it_is_read() {
        for (String accepted : ACCEPTED) {
            assertThat(PlanOutline.of(Plans.accepted(plan(accepted))).facts())
                    .filteredOn(fact -> fact.label().equals("backup"))
                    .singleElement()
                    .satisfies(fact -> {
                        assertThat(fact.text()).contains("attested", "not read here");
                        assertThat(fact.loud()).isTrue();
                    });
        }
    }
}
