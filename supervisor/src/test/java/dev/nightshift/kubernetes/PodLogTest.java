package dev.nightshift.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodLogTest {

    private static final String FIRST = "2026-11-23T18:00:00.100000000Z one\n2026-11-23T18:00:00.200000000Z \n";
    private static final String MORE = FIRST + "2026-11-23T18:00:00.300000000Z three of it\n";

    private final List<String> lines = new ArrayList<>();
    private final List<Optional<String>> asked = new ArrayList<>();
    private final PodLog log = new PodLog(lines::add);

    private void read(String answer) {
        log.read(since -> {
            asked.add(since);
            return answer;
        });
    }

    @Test
    void each_line_comes_once_though_the_second_of_the_last_is_asked_for_again() {
        read(FIRST);
        read(FIRST);
        read(MORE);

        assertThat(lines).containsExactly("one", "", "three of it");
        assertThat(asked)
                .containsExactly(
                        Optional.empty(), Optional.of("2026-11-23T18:00:00Z"), Optional.of("2026-11-23T18:00:00Z"));
    }

    @Test
    void what_has_no_time_is_no_line_of_the_tool() {
        read("unable to retrieve container logs for containerd://aa\n");
        read("");

        assertThat(lines).isEmpty();
    }
}
