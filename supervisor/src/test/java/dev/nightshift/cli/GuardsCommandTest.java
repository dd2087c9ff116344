package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.GuardKind;
import org.junit.jupiter.api.Test;

class GuardsCommandTest {

    private final FakeDatabase database = new FakeDatabase();

    @Test
    void every_guard_is_listed_with_its_id_what_it_watches_and_its_default_limits() {
        Typed typed = Typed.in(database, "guards", "list");

        assertThat(typed.code()).isZero();
        for (GuardKind guard : GuardKind.values()) {
            assertThat(typed.out()).contains(guard.key() + "  " + guard.id() + "\n    " + guard.watches() + "\n");
        }
        assertThat(typed.out())
                .contains("connections  RG-CONN\n    connections that are free\n    slow at most 20, hold at most 5\n")
                .contains("hold 1 for 2 s, abort 20 for 30 s\n")
                .contains("hold at once, abort 10 min\n")
                .contains("slow 3 s, hold 5 s; no plan changes that\n")
                .contains("abort 500, once three holds have shown it is ours\n")
                .contains("standbys behind a standby: `replicas: {cascaded: …, urls: …}`, then as any other replica\n");
        assertThat(typed.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void the_list_for_programs_has_numbers_in_seconds_bytes_and_counts() {
        Typed typed = Typed.in(database, "guards", "list", "-o", "json");

        assertThat(typed.out())
                .contains("\"kind\": \"GuardList\"")
                .contains("\"guard\": \"archive\"")
                .contains("\"abort\": null");
    }

    @Test
    void guards_without_a_word_behind_it_is_a_mistake() {
        assertThat(Typed.in(database, "guards").code()).isEqualTo(ExitCode.USAGE.code());
    }
}
