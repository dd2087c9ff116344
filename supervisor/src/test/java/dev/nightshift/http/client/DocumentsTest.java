package dev.nightshift.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.cli.screen.Views;
import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Backup;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Finishing;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Parked;
import dev.nightshift.run.Planned;
import dev.nightshift.run.Preflight;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Unclear;
import dev.nightshift.run.Waiting;
import dev.nightshift.run.Working;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import dev.nightshift.view.RunSummary;
import dev.nightshift.view.StatusView;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A document that is read back says again what it said. */
class DocumentsTest {

    static List<RunState> states() {
        Holders held = Holders.of(List.of(
                new Holder(Holder.Kind.OPERATOR, "ann@desk", "deploy"),
                new Holder(Holder.Kind.ALERT, "alert Lag (a1)", "lag"),
                new Holder(Holder.Kind.ALERT, "alert Gone (b2)", "gone")));
        Cause cause = new Cause(Cause.Kind.ALERT, "alert Lag (a1)", "lag");
        Explanation why = new Explanation("no space", "filling", Explanation.NOTHING_CHANGED, "make room");
        return List.of(
                new Planned(Holders.NONE),
                new Waiting(held),
                new Preflight(held),
                new Backup(held),
                new Working(),
                new Holding(held),
                new Parked(held),
                new Finishing(),
                new Succeeded(),
                new Aborting(cause),
                new Aborted(cause),
                new AbortIncomplete(cause, List.of("DROP INDEX x")),
                new Failed(new Failure(Failure.Kind.CRASHES, why)),
                new Unclear("what now?"));
    }

    @ParameterizedTest
    @MethodSource("states")
    void a_status_is_read_back_whole(RunState state) {
        StatusView view = Views.status(state);
        String written = Json.line(Documents.status(view));

        StatusView read = StatusDocuments.status(new JsonObject(written));

        assertThat(read.run()).isEqualTo(view.run());
        assertThat(Json.line(Documents.status(read))).isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("states")
    void a_report_is_read_back_whole(RunState state) {
        StatusView view = Views.status(state);
        RunSummary summary = new RunSummary(
                view.run(),
                view.at(),
                Duration.ofMinutes(27),
                3_000_000,
                1_460_000_000L,
                OptionalLong.empty(),
                List.of(new RunSummary.Peak("replica lag", "standby-a", "2.3 s", "5 s", Views.NOW)),
                List.of(new RunSummary.Interruption("slowed", "replica lag", Duration.ofMillis(72_500), 2)),
                view.backup(),
                view.steps(),
                List.of("DROP INDEX x"),
                Views.events(),
                "nothing");
        String written = Json.line(Documents.report(summary));

        assertThat(Json.line(Documents.report(StatusDocuments.report(new JsonObject(written)))))
                .isEqualTo(written);
    }
}
