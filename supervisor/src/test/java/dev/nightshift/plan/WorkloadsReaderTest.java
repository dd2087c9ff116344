package dev.nightshift.plan;

import static dev.nightshift.plan.Plans.SMALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.TakeDown.Sessions;
import dev.nightshift.plan.WorkloadsStep.Kind;
import dev.nightshift.plan.WorkloadsStep.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadsReaderTest {

    private static final String DOWN =
            "  - workloads: {name: down, namespace: shop, stop: [deployment/web, statefulset/mailer], sessions: {user: app}}\n";
    private static final String UP = "  - workloads: {name: up, back: down}\n";

    @Test
    void what_is_stopped_and_how_it_comes_back_is_read() {
        Plan plan = Plans.accepted(
                SMALL
                        + "  - workloads: {name: down, namespace: shop, stop: [deployment/web, statefulset/mailer],"
                        + " sessions: {user: app, application-name: web, terminate: 2m}, within: 5m, expected: 40m, keep-down: true}\n"
                        + "  - workloads: {name: up, back: down, images: {deployment/web: 'r/web:2', statefulset/mailer/main: 'r/m:2'}}\n");
        TakeDown down = new TakeDown(
                "down",
                "shop",
                List.of(new Workload(Kind.DEPLOYMENT, "web"), new Workload(Kind.STATEFULSET, "mailer")),
                new Sessions(Optional.of("app"), Optional.of("web"), Optional.of(Duration.ofMinutes(2))),
                Duration.ofMinutes(5),
                true,
                Optional.of(Duration.ofMinutes(40)));
        assertThat(plan.steps())
                .endsWith(
                        down,
                        new BringBack(
                                "up",
                                down,
                                Map.of("deployment/web", "r/web:2", "statefulset/mailer/main", "r/m:2"),
                                Duration.ofMinutes(10)));
        assertThat(down.inOnePiece()).isTrue();
        assertThat(plan.steps().get(plan.steps().size() - 1).inOnePiece()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: a, namespace: shop, stop: [pod/web], sessions: {user: app}} | expected deployment/NAME or statefulset/NAME, found 'pod/web'",
                "{name: a, namespace: shop, stop: [], sessions: {user: app}} | expected a list of workloads such as [deployment/web], found an empty list",
                "{name: a, namespace: Shop, stop: [deployment/web], sessions: {user: app}} | expected a name of Kubernetes, found 'Shop'",
                "{name: a, namespace: shop, stop: [deployment/web]} | expected the key 'sessions' beside `stop`, found none",
                "{name: a, namespace: shop, stop: [deployment/web], sessions: {}} | expected `user` or `application-name` of the application's sessions, found neither",
                "{name: a, namespace: shop, stop: [deployment/web], sessions: {user: app}, images: {a: b}} | expected `images` beside `back` only, found it",
                "{name: a, namespace: shop, stop: [deployment/web, deployment/web], sessions: {user: app}} | expected each workload to be stopped once, found it here and at",
                "{name: a, namespace: shop, stop: [deployment/web], sessions: {user: app}} | expected a later step that brings back what this one stops",
                "{name: a} | expected either `stop` or `back`, found neither",
                "{name: a, back: b, stop: [deployment/web]} | expected either `stop` or `back`, found both",
                "{name: a, back: b} | expected the name of an earlier step that stops workloads and was not brought back, found 'b'",
                "{name: a, back: b, keep-down: true} | expected `keep-down` beside `stop` only, found it",
            })
    void a_step_that_cannot_be_meant_is_refused(String body, String problem) {
        assertThat(Plans.problems(SMALL + "  - workloads: " + body + "\n"))
                .anySatisfy(found -> assertThat(found.toString()).contains(problem));
    }

    @Test
    void an_image_of_what_was_not_stopped_is_refused() {
        assertThat(Plans.problems(
                        SMALL + DOWN + "  - workloads: {name: up, back: down, images: {deployment/wbe: x}}\n"))
                .singleElement()
                .satisfies(found -> assertThat(found.toString())
                        .contains("expected one of deployment/web, statefulset/mailer, found 'deployment/wbe'; did you"
                                + " mean 'deployment/web'?"));
    }

    @Test
    void what_is_brought_back_is_brought_back_once() {
        assertThat(Plans.problems(SMALL + DOWN + UP + "  - workloads: {name: again, back: down}\n"))
                .singleElement()
                .satisfies(found -> assertThat(found.toString()).contains("was not brought back, found 'down'"));
    }

    @Test
    void a_plan_with_a_window_says_how_long_the_application_is_down() {
        String window = "window: {opens: \"0 1 * * *\", lasts: 4h, zone: UTC}\n";
        assertThat(Plans.problems(window + SMALL + DOWN + UP))
                .singleElement()
                .satisfies(found -> assertThat(found.toString())
                        .contains("expected `expected`, how long the application is down at most"));
        assertThat(Plans.accepted(window + SMALL + DOWN.replace("}}", "}, expected: 30m}") + UP)
                        .steps())
                .isNotEmpty();
    }

    @Test
    void check_says_what_is_stopped_and_who_waits_meanwhile() {
        Plan plan = Plans.accepted(SMALL + DOWN + "  - hold: {name: look}\n" + UP);
        PlanOutline outline = PlanOutline.of(plan);
        StepOutline down = outline.steps().get(outline.steps().size() - 3);
        assertThat(down.does())
                .containsExactly(
                        "Scales deployment/web, statefulset/mailer in namespace shop to zero and waits until their pods,"
                                + " and the sessions of app, are gone: at most 10 min.",
                        "They are brought back by their own step, and whenever the run aborts, fails, parks or is"
                                + " unclear.");
        assertThat(down.advice()).containsExactly("The application is down while step look waits for a person.");
        assertThat(down.control()).startsWith("cannot be paused: a hold leaves the application as it is");
    }
}
