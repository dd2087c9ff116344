package dev.nightshift.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes back from programs that behave and from programs that do not. */
@Timeout(60)
class ProgramsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Path folder;

    ProgramsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Ran run(String script, Duration limit, Map<String, String> named) {
        Map<String, String> environment = new java.util.HashMap<>(Surroundings.of(System.getenv(), List.of()));
        environment.putAll(named);
        return Programs.run(new Order(List.of("sh", "-c", script), folder, environment, limit), tool -> {});
    }

    @Test
    void hands_back_what_was_printed_and_how_it_ended() {
        Ran ran = run("pwd; echo no such snapshot >&2; exit 3", LONG, Map.of());
        assertThat(ran.output()).isEqualTo(folder + "\n");
        assertThat(ran.good()).isFalse();
        assertThat(ran.inWords()).isEqualTo("exit status 3: no such snapshot");
    }

    @Test
    void sees_only_what_every_program_needs_and_what_was_named() {
        Ran ran = run("env", LONG, Map.of("AWS_REGION", "eu-west-1"));
        assertThat(ran.output()).contains("PATH=", "AWS_REGION=eu-west-1", "LC_ALL=C.UTF-8");
        assertThat(ran.output().lines().map(line -> line.replaceFirst("=.*", "")))
                .noneMatch(name -> name.startsWith("PG") || name.startsWith("NIGHTSHIFT"));
    }

    @Test
    void a_hanging_program_and_its_children_are_gone_at_the_limit() {
        Ran ran = run("trap '' TERM; sleep 600 & echo $!; wait; sleep 600", Duration.ofMillis(300), Map.of());
        assertThat(ran.end()).isEqualTo(Ran.End.OVERDUE);
        assertThat(ran.inWords()).contains("without an answer");
        long child = Long.parseLong(ran.output().strip());
        // What has ended and was not waited for yet still has a number, but no program.
        Await.until(
                "the child is gone",
                LONG,
                () -> ProcessHandle.of(child)
                        .flatMap(process -> process.info().command())
                        .isEmpty());
    }

    @Test
    void no_more_is_kept_than_an_answer_needs() {
        Ran ran = run(
                "head -c 50000000 /dev/zero | tr '\\0' x; head -c 5000000 /dev/zero | tr '\\0' y >&2", LONG, Map.of());
        assertThat(ran.cut()).isTrue();
        assertThat(ran.output().length()).isLessThanOrEqualTo(Programs.MOST_OUTPUT + 1);
        assertThat(ran.complaints())
                .singleElement()
                .satisfies(line -> assertThat(line.length()).isLessThan(600));
    }

    @Test
    void a_secret_is_masked_wherever_it_would_be_kept() {
        Map<String, String> secrets =
                Map.of("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI", "PRIVATE_KEY", "-----BEGIN\nMIIEowIBAAKC\n-----END");
        Ran ran = run(
                "printf '%0490d' 0 >&2; echo \" $AWS_SECRET_ACCESS_KEY\" >&2; echo \"$PRIVATE_KEY\"; exit 1",
                LONG, secrets);
        assertThat(ran.output()).isEqualTo("***\n***\n***\n");
        assertThat(ran.inWords()).doesNotContain("wJal");
    }

    @Test
    void a_cancelled_program_is_told_from_one_that_failed() {
        CountDownLatch begun = new CountDownLatch(1);
        Ran ran = Programs.run(
                new Order(List.of("sleep", "600"), folder, Surroundings.of(System.getenv(), List.of()), LONG), tool -> {
                    begun.countDown();
                    tool.cancel();
                });
        assertThat(begun.getCount()).isZero();
        assertThat(ran.end()).isEqualTo(Ran.End.STOPPED);
    }

    @Test
    void a_program_that_is_not_there_is_said_in_words() {
        Ran ran = Programs.run(new Order(List.of("/nowhere/aws", "rds"), folder, Map.of(), LONG), tool -> {});
        assertThat(ran.end()).isEqualTo(Ran.End.MISSING);
        assertThat(ran.inWords()).startsWith("it cannot be started: ").contains("/nowhere/aws");
    }

    @Test
    void an_order_never_shows_its_environment() {
        Order order = new Order(List.of("aws", "rds"), folder, Map.of("TOKEN", "hush"), LONG);
        assertThat(order.toString()).isEqualTo("aws rds");
    }
}
