package dev.nightshift.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.WorkerNews;
import dev.nightshift.run.RunId;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a worker that is a child process. */
@Timeout(60)
class ChildLauncherTest {

    private static final RunId RUN = new RunId("7f3kmq");

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_crash_is_told_with_the_last_words_and_without_secrets() throws Exception {
        Files.writeString(output(), "of an earlier worker\n");
        assertThat(
                        ended(
                                "echo begins; echo 'OutOfMemoryError: heap of hunter2hunter2'; printf '\\tat a.B.c(B.java:1)\\n'; exit 3"))
                .isEqualTo(
                        new WorkerNews.Ended(3, "exit code 3, its last words: begins · OutOfMemoryError: heap of •••"));
    }

    @Test
    void only_the_last_of_much_is_told() throws Exception {
        assertThat(ended("i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done; exit 1")
                        .how())
                .isEqualTo("exit code 1, its last words: line 1997 · line 1998 · line 1999");
    }

    @Test
    void one_that_says_nothing_and_one_that_leaves_as_it_should_are_told_by_their_code() throws Exception {
        assertThat(ended("exit 1")).isEqualTo(new WorkerNews.Ended(1));
        assertThat(ended("echo the journal has the reason; exit 75")).isEqualTo(new WorkerNews.Ended(75));
    }

    private WorkerNews.Ended ended(String script) throws InterruptedException {
        BlockingQueue<WorkerNews> news = new LinkedBlockingQueue<>();
        ChildLauncher launcher = new ChildLauncher(vertx, run -> {
            ProcessBuilder builder = ChildLauncher.builder(output(), "/bin/sh", "-c", script);
            builder.environment().put("NIGHTSHIFT_PASSWORD", "hunter2hunter2");
            return builder;
        });
        launcher.start(RUN, news::add);
        assertThat(news.poll(30, TimeUnit.SECONDS)).isEqualTo(new WorkerNews.Runs());
        WorkerNews ended = news.poll(30, TimeUnit.SECONDS);
        assertThat(ended).isInstanceOf(WorkerNews.Ended.class);
        return (WorkerNews.Ended) Objects.requireNonNull(ended);
    }

    private Path output() {
        return directory.resolve("worker.log");
    }
}
