package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.OutcomeUnknown;
import dev.nightshift.run.Parked;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Unclear;
import dev.nightshift.run.Working;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

    private static final Explanation WHY = new Explanation("a", "b", "c", "d");
    private static final Holders OPERATOR = Holders.of(List.of(new Holder(Holder.Kind.OPERATOR, "ann@desk", "lunch")));

    @Test
    void each_end_of_a_run_has_its_code() {
        Map<RunState, Integer> expected = Map.ofEntries(
                Map.entry(new Succeeded(), 0),
                Map.entry(failed(Failure.Kind.PREFLIGHT), 3),
                Map.entry(failed(Failure.Kind.BACKUP), 4),
                Map.entry(failed(Failure.Kind.STEP), 12),
                Map.entry(failed(Failure.Kind.CRASHES), 12),
                Map.entry(aborted(Cause.Kind.GUARD), 5),
                Map.entry(aborted(Cause.Kind.VERIFY), 5),
                Map.entry(aborted(Cause.Kind.OPERATOR), 6),
                Map.entry(aborted(Cause.Kind.ALERT), 6),
                Map.entry(new AbortIncomplete(cause(Cause.Kind.GUARD), List.of("x")), 7),
                Map.entry(new Parked(Holders.NONE), 8),
                Map.entry(new Parked(OPERATOR), 10),
                Map.entry(new Holding(OPERATOR), 10),
                Map.entry(new Unclear("?"), 13),
                Map.entry(new Working(), 0));

        expected.forEach((state, code) ->
                assertThat(ExitCode.of(state).code()).as(state.toString()).isEqualTo(code));
    }

    @Test
    void each_trouble_has_its_code() {
        assertThat(ExitCode.of(new Transient(WHY)).code()).isEqualTo(75);
        assertThat(ExitCode.of(new Permanent(WHY)).code()).isEqualTo(3);
        assertThat(ExitCode.of(new OutcomeUnknown(WHY)).code()).isEqualTo(13);
    }

    @Test
    void no_two_codes_are_the_same() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code)).doesNotHaveDuplicates();
    }

    private static RunState failed(Failure.Kind kind) {
        return new Failed(new Failure(kind, WHY));
    }

    private static RunState aborted(Cause.Kind kind) {
        return new Aborted(cause(kind));
    }

    private static Cause cause(Cause.Kind kind) {
        return new Cause(kind, "x", "y");
    }
}
