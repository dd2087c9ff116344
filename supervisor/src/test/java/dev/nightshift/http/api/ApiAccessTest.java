package dev.nightshift.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.cli.CommandPorts.Server;
import dev.nightshift.cli.screen.Views;
import dev.nightshift.http.client.ApiAccess;
import dev.nightshift.plan.Role;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Intent;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Transient;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Intents.Asked;
import dev.nightshift.view.Json;
import dev.nightshift.view.NotAllowed;
import dev.nightshift.view.SchemaMark;
import dev.nightshift.view.SchemaWish;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a command reads and asks through a server, against the real server. */
class ApiAccessTest extends ServedApi {

    private static final RunId RUN = new RunId("7f3kmq");

    @Test
    void reads_what_the_journal_says() {
        ApiAccess access = open("shop", Role.VIEWER);

        assertThat(access.status(Optional.empty()))
                .map(Documents::status)
                .map(Json::line)
                .contains(status());
        assertThat(access.status(Optional.of(RUN)))
                .map(Documents::status)
                .map(Json::line)
                .contains(status());
        assertThat(access.status(Optional.of(new RunId("none00")))).isEmpty();
        assertThat(access.runs(10)).containsExactly(api.shop.status.run());
        assertThat(access.events(RUN, 1)).hasSize(1);
        assertThat(access.summary(RUN))
                .hasValueSatisfying(sum -> assertThat(sum.rows()).isEqualTo(3_000_000));
        assertThat(access.backups(5)).hasSize(1);
        assertThat(access.isDirect()).isFalse();
    }

    @Test
    void a_milestone_is_looked_for_by_id_by_plan_and_by_hash() {
        ApiAccess access = open("shop", Role.VIEWER);

        assertThat(access.run("7f3kmq", "")).contains(api.shop.status.run());
        assertThat(access.run("orders-total-cents", "0123")).contains(api.shop.status.run());
        assertThat(access.run("orders-total-cents", "4567")).isEmpty();
        assertThat(access.run("7f3kmq", "4567")).isEmpty();
        assertThat(access.run("other", "")).isEmpty();
        SchemaMark mark = access.schema(SchemaWish.of("2.1", "shop.history"));
        assertThat(mark.version()).isEqualTo("2.1");
        assertThat(mark.state()).isEqualTo(SchemaMark.State.PENDING);
        assertThat(mark.newest()).contains("\"shop\".\"history\"");
        assertThat(mark.run()).contains(api.shop.status.run());
    }

    @Test
    void a_database_that_is_away_is_not_one_without_the_run() {
        ApiAccess access = open("shop", Role.VIEWER);
        api.shop.away =
                Optional.of(new Transient(new Explanation("no route", "reading", "as it was", "look at the network")));
        api.nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThatThrownBy(() -> access.run("orders-total-cents", "")).isInstanceOf(Transient.class);
    }

    @Test
    void asks_under_the_tokens_name_and_reads_the_outcome() {
        ApiAccess access = open("shop", Role.OPERATOR);

        long number = access.ask(new Asked(RUN, Intent.Kind.PAUSE, false, "deploy", "ann@desk", "desk"));

        assertThat(access.outcome(number)).contains("paused");
        assertThat(api.shop.asked)
                .containsExactly(new Asked(RUN, Intent.Kind.PAUSE, false, "deploy", "operator@api", "127.0.0.1"));
    }

    @Test
    void what_the_runs_state_does_not_allow_ends_as_without_a_server_and_is_remembered_there() {
        ApiAccess access = open("shop", Role.OPERATOR);
        api.shop.status = Views.status(new Succeeded());

        assertThatThrownBy(() -> access.ask(new Asked(RUN, Intent.Kind.PAUSE, false, "deploy", "ann@desk", "desk")))
                .isInstanceOfSatisfying(
                        NotAllowed.class,
                        refusal -> assertThat(refusal.explanation().state()).isEqualTo("nothing was changed"))
                .hasMessage("run 7f3kmq is succeeded");
        assertThat(api.shop.refused).containsExactly("operator@api PAUSE: run 7f3kmq is succeeded");
    }

    @Test
    void a_refusal_says_what_the_server_said() {
        assertThatThrownBy(() -> open("", Role.VIEWER))
                .isInstanceOf(Permanent.class)
                .hasMessage("the server serves shop, shop-eu");
        assertThatThrownBy(() -> open("none", Role.VIEWER)).hasMessage("the server serves shop, shop-eu, not none");
        assertThatThrownBy(() -> ApiAccess.open(new Server(root(), Optional.empty(), "guess", Optional.empty())))
                .isInstanceOfSatisfying(
                        Permanent.class,
                        refused -> assertThat(refused.explanation().todo()).contains("NIGHTSHIFT_TOKEN"));
        ApiAccess viewer = open("shop", Role.VIEWER);
        assertThatThrownBy(() -> viewer.ask(new Asked(RUN, Intent.Kind.PAUSE, false, "x", "ann@desk", "desk")))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("needs the role operator");
        api.shop.away =
                Optional.of(new Transient(new Explanation("no route", "reading", "as it was", "look at the network")));
        assertThatThrownBy(() -> viewer.status(Optional.empty()))
                .isInstanceOf(Transient.class)
                .hasMessage("no route");
        assertThatThrownBy(() -> ApiAccess.open(
                        new Server(URI.create("http://127.0.0.1:1"), Optional.empty(), "x", Optional.empty())))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("does not answer");
    }

    private String status() {
        return Json.line(Documents.status(api.shop.status));
    }

    private ApiAccess open(String database, Role role) {
        Optional<String> named = Optional.of(database).filter(name -> !name.isEmpty());
        return ApiAccess.open(new Server(root(), named, ApiClient.secret(role), Optional.empty()));
    }

    private URI root() {
        return URI.create("http://127.0.0.1:" + api.server.port());
    }
}
