package dev.nightshift.http.api;

import static dev.nightshift.http.api.ApiServerTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.cli.CommandPorts.Server;
import dev.nightshift.http.client.ApiAccess;
import dev.nightshift.plan.Role;
import dev.nightshift.run.Freeze;
import dev.nightshift.view.FakeFreezes;
import dev.nightshift.view.Freezes;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeDeskTest extends ServedApi {

    private static final String FREEZE =
            "{\"kind\":\"freeze\",\"reason\":\"year-end closing\",\"until\":\"2099-01-03T07:00:00+01:00\"}";

    private static final Freeze ON = new Freeze(
            1,
            "year-end closing",
            "operator@api",
            "127.0.0.1",
            FakeFreezes.AT,
            Optional.of(Instant.parse("2099-01-03T06:00:00Z")));

    @Test
    void an_operator_freezes_and_thaws_under_the_tokens_name() {
        HttpResponse<String> frozen = api.post("/freezes/shop", Role.OPERATOR, FREEZE);

        assertThat(frozen.statusCode()).as(frozen.body()).isEqualTo(200);
        assertThat(api.shop.freezes.on()).containsExactly(ON);
        assertThat(new JsonObject(frozen.body()).getJsonArray("freezes")).hasSize(1);
        assertThat(api.json("/freezes/shop").getJsonArray("freezes")).hasSize(1);

        api.post("/freezes/shop", Role.OPERATOR, "{\"kind\":\"thaw\",\"reason\":\"closed\"}");
        assertThat(api.shop.freezes.on()).isEmpty();
        assertThat(api.json("/freezes/shop").getJsonArray("freezes")).isEmpty();
    }

    @Test
    void a_viewer_sees_freezes_and_turns_none() {
        assertThat(api.post("/freezes/shop", Role.VIEWER, FREEZE).statusCode()).isEqualTo(403);
        assertThat(api.get("/freezes/shop").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"kind\":\"melt\",\"reason\":\"x\"} | freeze or thaw",
                "{\"kind\":\"freeze\"} | expected why",
                "{\"kind\":\"freeze\",\"reason\":\" \"} | expected why",
                "{\"kind\":\"freeze\",\"reason\":7} | expected why",
                "{\"kind\":\"freeze\",\"reason\":\"x\",\"until\":\"2020-01-01T00:00:00Z\"} | an instant to come",
                "{\"kind\":\"freeze\",\"reason\":\"x\",\"until\":\"soon\"} | an instant to come",
                "{\"kind\":\"thaw\",\"reason\":\"x\",\"until\":\"2099-01-01T00:00:00Z\"} | with freeze only",
                "{\"kind\":\"freeze\",\"reason\":\"x\",\"who\":\"me\"} | another member",
            })
    void what_is_not_right_is_refused(String body, String said) {
        assertProblem(api.post("/freezes/shop", Role.OPERATOR, body), 400, said);
        assertThat(api.shop.freezes.on()).isEmpty();
    }

    @Test
    void a_command_does_the_same_through_the_server() {
        ApiAccess access = ApiAccess.open(new Server(
                URI.create(api.to("").build().uri().toString().replaceFirst("/api/v1$", "")),
                Optional.of("shop"),
                ApiClient.secret(Role.OPERATOR),
                Optional.empty()));

        access.freeze(new Freezes.Asked("year-end closing", "ann@desk", "desk"), ON.until());
        assertThat(access.on()).containsExactly(ON);
        assertThat(access.thaw(new Freezes.Asked("closed", "ann@desk", "desk"))).isEqualTo(1);
        assertThat(access.on()).isEmpty();
    }
}
