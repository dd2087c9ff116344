package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.Freeze;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreezeCommandTest {

    private final FakeDatabase database = new FakeDatabase();

    @Test
    void a_freeze_says_who_why_and_until_when_and_a_thaw_ends_it() {
        Typed frozen =
                Typed.in(database, "freeze", "--reason", "year-end closing", "--until", "2099-01-03T07:00+01:00");

        assertThat(frozen.code()).isZero();
        assertThat(frozen.out()).isEqualTo("frozen by ann@desk until 2099-01-03 06:00 UTC: year-end closing\n");
        assertThat(frozen.err()).contains("nightshift thaw --reason");
        assertThat(database.freezes.on())
                .singleElement()
                .satisfies(freeze -> assertThat(freeze.from()).isEqualTo("desk"))
                .extracting(Freeze::until)
                .isEqualTo(Optional.of(Instant.parse("2099-01-03T06:00:00Z")));
        assertThat(Typed.in(database, "freeze", "--list").out()).isEqualTo(frozen.out());

        Typed thawed = Typed.in(database, "thaw", "--reason", "closed");
        assertThat(thawed.code()).isZero();
        assertThat(thawed.err()).contains("was frozen by ann@desk until 2099-01-03 06:00 UTC: year-end closing");
        assertThat(database.freezes.on()).isEmpty();
        assertThat(Typed.in(database, "thaw", "--reason", "again").out()).isEqualTo("it was not frozen\n");
    }

    @Test
    void both_need_a_reason_and_an_end_must_be_to_come() {
        assertThat(Typed.in(database, "freeze").code()).isEqualTo(2);
        assertThat(Typed.in(database, "thaw").code()).isEqualTo(2);
        assertThat(Typed.in(database, "freeze", "--reason", "x", "--until", "2020-01-01T00:00:00Z")
                        .code())
                .isEqualTo(2);
        assertThat(database.freezes.on()).isEmpty();
    }

    @Test
    void programs_get_a_list() {
        Typed typed = Typed.in(database, "freeze", "--reason", "audit", "-o", "json");

        assertThat(typed.out())
                .contains("\"kind\": \"FreezeList\"")
                .contains("\"reason\": \"audit\"")
                .contains("\"until\": null");
    }
}
