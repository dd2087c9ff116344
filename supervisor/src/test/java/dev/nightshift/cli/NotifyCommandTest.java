package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.announce.Answer;
import dev.nightshift.run.Succeeded;
import dev.nightshift.view.Notification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyCommandTest {

    private final FakeDatabase database = new FakeDatabase();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void a_test_message_goes_to_each_receiver_and_says_that_it_is_one() throws IOException {
        database.taken.put("chat", Answer.later("HTTP 404: no_service"));

        Typed typed = Typed.in(database, "notify", "test", "--settings", settings());

        assertThat(typed.code()).isEqualTo(75);
        assertThat(typed.out())
                .isEqualTo("ops: took the test message: HTTP 200\nchat: did not take it: HTTP 404: no_service\n");
        assertThat(database.sent).hasSize(2).allMatch(Notification::test);
    }

    @Test
    void a_test_message_goes_to_one_receiver_alone() throws IOException {
        assertThat(Typed.in(database, "notify", "test", "--settings", settings(), "--receiver", "chat")
                        .out())
                .isEqualTo("chat: took the test message: HTTP 200\n");
        Typed other = Typed.in(database, "notify", "test", "--settings", settings(), "--receiver", "none");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("ops, chat");
    }

    @Test
    void a_run_in_the_foreground_tells_the_receivers_of_a_file_and_says_what_is_left() throws IOException {
        database.foreground = () -> Optional.of(new Succeeded());
        database.status = Optional.empty();
        Path plan = Files.writeString(directory.resolve("plan.yaml"), """
                nightshift: 1
                name: orders-total-cents
                backup: none
                replicas: none
                steps:
                  - statement: {name: one, sql: "SELECT 1"}
                """);

        Typed typed = Typed.in(database, "run", plan.toString(), "--notify", settings(), "--metrics-port", "0");

        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(database.done)
                .contains("tells ops of shop", "counted failed of ops", "ran orders-total-cents for ann@desk");
        assertThat(typed.err())
                .contains("receiver ops cannot be told: HTTP 503")
                .contains("2 notifications are left to deliver");
    }

    @Test
    void a_file_that_names_nobody_is_refused() throws IOException {
        Path file = Files.writeString(directory.resolve("none.yaml"), "notify: [{name: ops}]\n");

        Typed typed = Typed.in(database, "notify", "test", "--settings", file.toString());

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("none.yaml:1:10: notify[0].url: expected the key");
    }

    private String settings() throws IOException {
        return Files.writeString(directory.resolve("serve.yaml"), """
                notify:
                  - {name: ops, url: "https://alerts.example/x"}
                  - {name: chat, url-env: CHAT, format: slack}
                """).toString();
    }
}
