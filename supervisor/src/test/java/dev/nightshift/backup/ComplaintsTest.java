package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComplaintsTest {

    @Test
    void the_first_error_is_the_one_that_counts() {
        assertThat(Complaints.of(List.of(
                        "pg_dump: warning: there are circular foreign-key constraints",
                        "/usr/bin/pg_dump: error: could not write to file: No space left on device",
                        "pg_dump: error: a worker process died unexpectedly")))
                .isEqualTo("could not write to file: No space left on device");
    }

    @Test
    void silence_and_plain_lines_are_said_too() {
        assertThat(Complaints.of(List.of())).isEqualTo("it said nothing");
        assertThat(Complaints.of(List.of("Segmentation fault"))).isEqualTo("Segmentation fault");
    }
}
