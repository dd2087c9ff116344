package dev.nightshift.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.announce.Receivers;
import dev.nightshift.plan.Happening;
import dev.nightshift.plan.Receiver;
import dev.nightshift.plan.Secret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotificationDocumentsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T01:31:14Z");
    private static final String EVIL = "<!channel> & <https://evil.example|click> <script>";

    private final Receiver chat =
            Receivers.with("chat", new Secret.InEnvironment("URL"), Receiver.Format.SLACK, Optional.empty());

    @Test
    void slack_makes_nothing_of_what_others_wrote() {
        JsonObject message = slack(told(Happening.COMMAND, EVIL));

        String all = message.encode();
        assertThat(all).doesNotContain("<!channel>", "<https://evil", "<script>");
        assertThat(message.getString("text")).contains("&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt;");
        JsonArray blocks = message.getJsonArray("blocks");
        assertThat(blocks.getJsonObject(blocks.size() - 1).encode())
                .as("the one link is ours")
                .contains("<https://night.example/#/run/shop%3C%21here%3E/7f3kmq|open the run>");
    }

    @Test
    void slack_says_what_happened_to_what_and_what_helps() {
        String all = slack(told(Happening.ABORT_INCOMPLETE, "left to do: DROP INDEX x"))
                .encode();

        assertThat(all)
                .contains(":red_circle: *orders on shop&lt;!here&gt;: abort incomplete, 3 times held or released*")
                .contains("left to do: DROP INDEX x", "*Run*\\n7f3kmq", "*State*\\nholding", "*By*\\nann@desk")
                .contains("runbook NightshiftAbortIncomplete", "2026-03-02T01:31:14Z");
    }

    @Test
    void slack_takes_it_however_long_it_is() {
        JsonObject message = slack(told(Happening.FAILED, "<".repeat(20_000)));

        message.getJsonArray("blocks").forEach(block -> {
            JsonObject text = ((JsonObject) block).getJsonObject("text");
            if (text != null) {
                assertThat(text.getString("text").length()).isLessThanOrEqualTo(3_000);
            }
        });
    }

    @Test
    void a_document_has_every_member_and_the_words_as_they_are() {
        JsonObject document = new JsonObject(Json.line(
                NotificationDocuments.of(told(Happening.COMMAND, EVIL), Receivers.at("https://alerts.example/x"))));

        assertThat(document.fieldNames())
                .containsExactly(
                        "apiVersion",
                        "kind",
                        "id",
                        "test",
                        "receiver",
                        "happening",
                        "at",
                        "database",
                        "run",
                        "plan",
                        "state",
                        "subject",
                        "reason",
                        "by",
                        "from",
                        "todo",
                        "count",
                        "since",
                        "page",
                        "runbook");
        assertThat(document.getString("reason")).isEqualTo(EVIL);
        assertThat(document.getString("happening")).isEqualTo("command");
        assertThat(document.getInteger("count")).isEqualTo(3);
    }

    @Test
    void each_runbook_that_a_message_names_is_there() {
        for (Happening happening : Happening.values()) {
            told(happening, "x")
                    .runbook()
                    .ifPresent(name -> assertThat(Files.exists(Path.of("..", "runbooks", name + ".md")))
                            .as(name)
                            .isTrue());
        }
    }

    private JsonObject slack(Notification told) {
        return new JsonObject(Json.line(NotificationDocuments.of(told, chat)));
    }

    private static Notification told(Happening happening, String reason) {
        return new Notification(
                "7f3kmq-17-abc",
                false,
                happening,
                NOW,
                "shop<!here>",
                "7f3kmq",
                "orders",
                "holding",
                "operator",
                reason,
                Optional.of("ann@desk"),
                Optional.of("desk"),
                Optional.empty(),
                3,
                NOW.minusSeconds(60));
    }
}
