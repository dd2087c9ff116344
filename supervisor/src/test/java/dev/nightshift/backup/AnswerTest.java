package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.program.Ran;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is understood of the JSON that backup commands print. */
class AnswerTest {

    private static Answer of(String output) {
        return Answer.of(new Ran(Ran.End.EXITED, 0, output, false, List.of(), Duration.ZERO));
    }

    @Test
    void a_backup_that_is_done_has_its_instant_and_its_size() {
        Provider.Look look =
                of("{\"state\": \"done\", \"id\": \"rds:1\", \"created-at\": \"2026-03-02T02:00:00.5+01:00\","
                                + " \"size\": 1.5e9, \"location\": \"arn:aws:rds:1\", \"more\": [null, {\"a\": null}]}")
                        .look(Optional.empty());
        assertThat(look.state()).isEqualTo(Provider.State.DONE);
        Provider.Found found = look.found().orElseThrow();
        assertThat(found.at()).isEqualTo(Instant.parse("2026-03-02T01:00:00.5Z"));
        assertThat(found.size()).contains(new ByteSize(1_500_000_000));
        assertThat(found.location()).isEqualTo("arn:aws:rds:1");
        assertThat(found.unchecked()).isNotEmpty();
    }

    @Test
    void a_backup_that_goes_on_may_say_how_far_it_is() {
        Provider.Look look =
                of("{\"state\":\"running\",\"message\":\"34 %\",\"size\":null}").look(Optional.of("x"));
        assertThat(look).isEqualTo(Provider.Look.of(Provider.State.RUNNING, "34 %"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Waiting for the snapshot ... | expected one JSON object, found 'Waiting for the snapshot ...'",
                "`` | expected one JSON object, found ''",
                "[1, 2] | expected one JSON object, found '[1, 2]'",
                "{\"state\": \"done\"} trailing | expected the end at character 19",
                "{\"state\": \"available\"} | expected 'state' to be none, running, done or failed, found 'available'",
                "{\"state\": 3} | expected 'state' to be a text, found '3'",
                "{} | expected the key 'state', found none",
                "{\"state\": \"done\", \"id\": \"x\"} | expected the key 'created-at', found none",
                "{\"state\": \"done\", \"id\": \"x\", \"created-at\": \"today\"} | expected 'created-at' to be an instant such as 2026-03-02T01:00:00Z, found 'today'",
                "{\"state\": \"done\", \"id\": \"x\", \"created-at\": \"2026-03-02T01:00:00Z\", \"size\": \"3 GB\"} | expected 'size' to be a number of bytes, found '3 GB'",
            })
    void what_is_no_answer_is_said_with_what_was_expected(String output, String problem) {
        assertThatThrownBy(() -> of(output).look(Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void an_endless_depth_is_no_answer() {
        assertThatThrownBy(() -> of("[".repeat(100_000))).hasMessageContaining("less depth");
    }

    @Test
    void a_beginning_has_an_id_and_an_attestation_a_level() {
        assertThat(of("{\"id\": \"snap-1\"}").begun()).isEqualTo(new Provider.Begun("snap-1", "snap-1"));
        assertThatThrownBy(() -> of("{\"id\": \"\"}").begun()).hasMessageContaining("the key 'id'");
        assertThatThrownBy(() -> of("{\"id\": \"a\", \"taken-at\": \"2026-03-02T01:00:00Z\", \"level\": \"good\"}")
                        .attestation())
                .hasMessageContaining("expected 'level' to be one of attested, readable, checksummed, restored");
    }

    @Test
    void only_the_beginning_of_a_flood_is_shown() {
        Ran flood = new Ran(Ran.End.EXITED, 0, "x".repeat(200_000), true, List.of(), Duration.ZERO);
        assertThatThrownBy(() -> Answer.of(flood)).message().hasSizeLessThan(300);
    }
}
