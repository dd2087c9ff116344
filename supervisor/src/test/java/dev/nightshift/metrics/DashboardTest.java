package dev.nightshift.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.metrics.Promtool.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard is data: what people would find out in Grafana one by one is held against it here. */
class DashboardTest {

    private static final Path FILE = AlertRules.ROOT.resolve("grafana/dashboards/nightshift.json");
    private static final Pattern SELECTOR = Pattern.compile("\\b\\w+\\{([^}]*)}");
    private static final Pattern COUNTER = Pattern.compile("(\\w+\\()?(nightshift_\\w+_total)\\b");

    /** JSON is YAML too. */
    private final Map<String, Object> dashboard = AlertRules.yaml(FILE);

    private final List<Map<String, Object>> panels =
            AlertRules.maps(AlertRules.at(dashboard, "panels")).toList();

    @Test
    void each_panel_has_a_title_a_description_a_unit_a_question_and_the_chosen_data_source() {
        assertThat(charts()).hasSizeGreaterThan(40);
        for (Map<String, Object> panel : charts()) {
            assertThat(AlertRules.at(panel, "title").toString()).isNotBlank();
            assertThat(AlertRules.at(panel, "description").toString()).endsWith(".");
            assertThat(panel.get("datasource")).isEqualTo(Map.of("type", "prometheus", "uid", "${datasource}"));
            Map<String, Object> config = AlertRules.map(AlertRules.at(panel, "fieldConfig"));
            assertThat(AlertRules.map(AlertRules.at(config, "defaults"))).containsKey("unit");
            assertThat(expressions(panel)).isNotEmpty();
        }
        assertThat(panels).extracting(panel -> panel.get("id")).doesNotHaveDuplicates();
        assertThat(charts()).extracting(panel -> panel.get("title")).doesNotHaveDuplicates();
        assertThat(dashboard).containsEntry("editable", false).containsEntry("uid", "nightshift");
    }

    @Test
    void each_question_is_about_the_chosen_jobs_and_instances() {
        for (String expression : expressions()) {
            assertThat(SELECTOR.matcher(expression).results().map(MatchResult::group))
                    .as(expression)
                    .isNotEmpty()
                    .allSatisfy(selector ->
                            assertThat(selector).contains("job=~\"$job\"").contains("instance=~\"$instance\""));
        }
    }

    @Test
    void counters_are_asked_for_their_growth_only() {
        for (String expression : expressions()) {
            COUNTER.matcher(expression)
                    .results()
                    .forEach(counter ->
                            assertThat(counter.group(1)).as(expression).isIn("rate(", "increase("));
        }
    }

    @Test
    void each_metric_that_a_panel_asks_for_is_exported() {
        Set<String> asked = Exported.namedIn(AlertRules.text(FILE));

        assertThat(Exported.names()).containsAll(asked);
        assertThat(asked).hasSizeGreaterThan(30);
    }

    @Test
    void each_metric_is_shown_or_alerted_on_or_known_to_be_neither() {
        Set<String> unused = new TreeSet<>(Exported.namedIn(String.join(" ", Exported.names())));
        unused.removeAll(Exported.namedIn(AlertRules.text(FILE)));
        unused.removeAll(Exported.namedIn(String.join(
                " ", AlertRules.all().stream().map(AlertRules.Alert::expression).toList())));

        assertThat(unused)
                .containsExactlyInAnyOrder(
                        "nightshift_batch_duration_seconds",
                        "nightshift_batch_duration_seconds_count",
                        "nightshift_batch_duration_seconds_max",
                        "nightshift_batch_duration_seconds_sum",
                        "nightshift_loop_heartbeat_timestamp_seconds",
                        "nightshift_queued_runs",
                        "nightshift_run_start_timestamp_seconds",
                        "nightshift_supervisor_leader",
                        "nightshift_tick_lateness_seconds",
                        "nightshift_tick_lateness_seconds_count",
                        "nightshift_tick_lateness_seconds_sum",
                        "nightshift_worker_rows_per_second");
    }

    @Test
    void the_component_for_kubernetes_has_the_same_dashboard() {
        Map<String, Object> made = AlertRules.yaml(AlertRules.ROOT.resolve("k8s/components/monitoring/dashboard.yaml"));

        assertThat(AlertRules.map(AlertRules.at(made, "data")).get("nightshift.json"))
                .as("run k8s/components/monitoring/generate after a change of the dashboard")
                .isEqualTo(AlertRules.text(FILE));
    }

    @Test
    void promtool_understands_each_question(@TempDir Path directory) throws Exception {
        Promtool promtool = Promtool.installed();
        StringBuilder rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
        List<String> all = expressions();
        for (int i = 0; i < all.size(); i++) {
            String query = all.get(i).replace("$__rate_interval", "1m").replace("$__range", "1h");
            rules.append("      - record: panel:%d\n        expr: |\n          %s\n".formatted(i, query));
        }
        Files.writeString(directory.resolve("panels.yaml"), rules);
        Ended ended = promtool.run(directory, "", "check", "rules", "panels.yaml");

        assertThat(ended.code()).as(ended.output()).isZero();
    }

    private List<Map<String, Object>> charts() {
        return panels.stream().filter(panel -> !"row".equals(panel.get("type"))).toList();
    }

    private List<String> expressions() {
        List<String> all = new ArrayList<>();
        charts().forEach(panel -> all.addAll(expressions(panel).toList()));
        Map<String, Object> annotations = AlertRules.map(AlertRules.at(dashboard, "annotations"));
        AlertRules.maps(AlertRules.at(annotations, "list"))
                .forEach(annotation -> all.add(AlertRules.at(annotation, "expr").toString()));
        return all;
    }

    private static Stream<String> expressions(Map<String, Object> panel) {
        return AlertRules.maps(AlertRules.at(panel, "targets"))
                .map(target -> AlertRules.at(target, "expr").toString());
    }
}
