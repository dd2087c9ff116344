package dev.nightshift.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ToolTest {

    private static final String COUNTED = "i=0; while [ $i -lt 30 ]; do i=$((i+1)); echo line $i >&2; done; exit 3";

    private final List<String> printed = new CopyOnWriteArrayList<>();

    private Tool shell(String script) {
        return Tool.start(List.of("sh", "-c", script), Map.of("GREETING", "good night"), printed::add);
    }

    @Test
    void hands_out_what_is_printed_and_the_exit_status() {
        assertThat(shell("echo $GREETING; exit 7").await()).isEqualTo(7);
        assertThat(printed).containsExactly("good night");
    }

    @Test
    void keeps_the_last_lines_of_complaint() {
        Tool tool = shell(COUNTED);
        assertThat(tool.await()).isEqualTo(3);
        assertThat(tool.complaints()).hasSize(20).startsWith("line 11").endsWith("line 30");
    }

    @Test
    void hides_the_variables_of_libpq_that_this_process_has() {
        shell("env").await();
        assertThat(printed).noneMatch(line -> line.startsWith("PG")).contains("LC_ALL=C");
    }

    @Test
    void a_cancelled_program_is_gone_even_when_it_ignores_the_request() {
        CountDownLatch ready = new CountDownLatch(1);
        Tool tool =
                Tool.start(List.of("sh", "-c", "trap '' TERM; echo $$; while :; do sleep 1; done"), Map.of(), line -> {
                    printed.add(line);
                    ready.countDown();
                });
        int exit = tool.await(Duration.ofMillis(20), () -> {
            if (ready.getCount() == 0) {
                tool.cancel();
            }
        });
        assertThat(exit).isEqualTo(-1);
        assertThat(ProcessHandle.of(Long.parseLong(printed.get(0)))).isEmpty();
    }

    @Test
    void an_interrupted_wait_leaves_no_process_behind() {
        Tool tool = Tool.start(List.of("sh", "-c", "echo $$; exec sleep 600"), Map.of(), printed::add);
        int exit = tool.await(Duration.ofMillis(20), () -> {
            if (!printed.isEmpty()) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(exit).isEqualTo(-1);
        assertThat(ProcessHandle.of(Long.parseLong(printed.get(0)))).isEmpty();
    }

    @Test
    void a_missing_program_is_said_at_once() {
        assertThatThrownBy(() -> Tool.start(List.of("/nowhere/pg_dump"), Map.of(), printed::add))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("/nowhere/pg_dump");
    }
}
