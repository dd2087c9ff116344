package dev.nightshift.bench.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.bench.policy.PolicyKind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResultsTest {
    private static final List<Outcome> OUTCOMES = List.of(
            Seen.GOOD.caughtUp(198).lag(166).by(PolicyKind.UPDATE),
            Outcome.failed(PolicyKind.NIGHTSHIFT_HEAP, "not in this version"));
    private static final CompareOptions OPTIONS =
            CompareOptions.parse("--rows", "1000", "--policies", "update,nightshift-heap");
    private static final Results RESULTS = new Results(OPTIONS, OUTCOMES, Thresholds.of(OUTCOMES, OPTIONS));

    @Test
    void a_table_has_a_line_for_each_policy_and_says_which_failed_and_why() {
        assertThat(ResultTable.text(RESULTS))
                .contains("update", "198.0", "83.0 / 166.0 / 166.0", "1,000 of 1,000")
                .contains("nightshift-heap failed: not in this version");
        assertThat(RESULTS.hold()).isFalse();
    }

    @Test
    void markdown_comes_with_the_command_that_measures_it_again() {
        assertThat(ResultTable.markdown(RESULTS))
                .contains("./nightshift bench --rows 1000 --link 80Mbit --key sequence --checkpoints 1"
                        + " --policies update,nightshift-heap --load 200 --alone 20");
        assertThat(CompareOptions.parse(OPTIONS.command()
                        .substring("./nightshift bench ".length())
                        .split(" ")))
                .isEqualTo(OPTIONS);
    }

    @Test
    void a_machine_with_other_work_is_told_by_the_load_alone() {
        List<Outcome> calm = List.of(Seen.GOOD.by(PolicyKind.UPDATE), Seen.GOOD.by(PolicyKind.ON_OFF));
        assertThat(new Results(OPTIONS, calm, List.of()).noise()).isEqualTo(1);
        List<Outcome> busy = List.of(
                Seen.GOOD.by(PolicyKind.UPDATE), Seen.GOOD.aloneMillis(35).by(PolicyKind.ON_OFF));
        assertThat(ResultTable.text(new Results(OPTIONS, busy, List.of()))).contains("differed by 3.5 times");
    }

    @Test
    void json_and_chart_hold_every_policy() {
        assertThat(ResultJson.of(RESULTS))
                .contains("\"caught_up_seconds\": 198", "\"failure\": \"not in this version\"", "\"holds\": false");
        assertThat(ResultChart.of(RESULTS)).contains(">update<", ">nightshift-heap<", ">failed<", "budget 5 s");
    }

    @Test
    void checkpoints_come_at_equal_shares_of_the_work() {
        assertThat(Checkpoints.due(0, 1)).isEqualTo(0.5);
        assertThat(Checkpoints.due(2, 3)).isEqualTo(0.75);
    }

    @Test
    void options_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> CompareOptions.parse("--key", "bigint"))
                .hasMessage("--key: expected one of sequence, uuid, found 'bigint'");
        assertThatThrownBy(() -> CompareOptions.parse("--policies", "update,gh-ost"))
                .hasMessageContaining("found 'gh-ost'");
        assertThat(CompareOptions.parse("--key", "uuid").checkpoints()).isEqualTo(10);
        assertThat(CompareOptions.USAGE).contains("nightshift-heap");
    }
}
