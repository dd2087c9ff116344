package dev.nightshift.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.metrics.AlertRules.Alert;
import dev.nightshift.metrics.Promtool.Ended;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlertRulesTest {

    private static final Path COMPONENT = AlertRules.ROOT.resolve("k8s/components/monitoring");

    private final List<Alert> alerts = AlertRules.all();

    @Test
    void each_alert_says_how_bad_it_is_what_it_is_and_where_to_read_on() {
        assertThat(alerts).hasSizeGreaterThan(20);
        assertThat(alerts).extracting(Alert::name).doesNotHaveDuplicates();
        for (Alert alert : alerts) {
            assertThat(alert.labels().get("severity")).as(alert.name()).isIn("critical", "warning");
            assertThat(alert.labels().getOrDefault("nightshift_action", "pause"))
                    .isIn("pause", "abort");
            assertThat(alert.annotations().keySet())
                    .as(alert.name())
                    .isEqualTo(Set.of("summary", "description", "runbook_url", "dashboard_url"));
            assertThat(alert.annotations().get("runbook_url")).endsWith("/" + alert.name() + ".md");
        }
    }

    @Test
    void an_alert_that_acts_names_the_run_by_plan_and_database() {
        assertThat(alerts)
                .filteredOn(alert -> alert.labels().containsKey("nightshift_action"))
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.expression()).contains("by (namespace, plan, database"));
    }

    @Test
    void the_component_for_kubernetes_has_the_same_rules() {
        Map<String, Object> made = AlertRules.yaml(COMPONENT.resolve("prometheusrule.yaml"));
        List<Map<String, Object>> groups =
                AlertRules.groups(AlertRules.map(AlertRules.at(made, "spec"))).toList();

        assertThat(groups)
                .as("run k8s/components/monitoring/generate after a change of grafana/prometheus")
                .isEqualTo(Stream.of("nightshift", "kubernetes")
                        .flatMap(name ->
                                AlertRules.groups(AlertRules.yaml(AlertRules.PLAIN.resolve(name + ".rules.yaml"))))
                        .toList());
    }

    @Test
    void each_metric_that_a_rule_asks_for_is_exported() {
        Set<String> asked = Exported.namedIn(
                String.join(" ", alerts.stream().map(Alert::expression).toList()));

        assertThat(asked).hasSizeGreaterThan(20);
        assertThat(Exported.names()).containsAll(asked);
    }

    @Test
    void each_alert_has_series_that_fire_it_that_leave_it_quiet_and_that_flap() {
        List<String> tests = Stream.of("nightshift", "kubernetes")
                .flatMap(name -> AlertRules.maps(
                        AlertRules.at(AlertRules.yaml(AlertRules.PLAIN.resolve(name + ".test.yaml")), "tests")))
                .map(test -> AlertRules.at(test, "name").toString())
                .toList();

        for (Alert alert : alerts) {
            assertThat(tests)
                    .contains(alert.name() + ": fires", alert.name() + ": stays quiet", alert.name() + ": flaps");
        }
    }

    @Test
    void promtool_finds_the_rules_right_and_their_tests_pass() throws Exception {
        Promtool promtool = Promtool.installed();
        Ended rules =
                promtool.run(AlertRules.PLAIN, "", "check", "rules", "nightshift.rules.yaml", "kubernetes.rules.yaml");
        Ended tests =
                promtool.run(AlertRules.PLAIN, "", "test", "rules", "nightshift.test.yaml", "kubernetes.test.yaml");

        assertThat(rules.code()).as(rules.output()).isZero();
        assertThat(tests.code()).as(tests.output()).isZero();
    }

    @Test
    void promtool_finds_nothing_to_say_about_what_is_exported() throws Exception {
        Promtool promtool = Promtool.installed();
        Ended ended = promtool.run(AlertRules.PLAIN, Exported.scrape(), "check", "metrics");

        assertThat(ended.output()).isEmpty();
        assertThat(ended.code()).isZero();
    }
}
