package dev.nightshift.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HoldersTest {

    private static final Holder ANN = new Holder(Holder.Kind.OPERATOR, "ann@desk", "deploy");
    private static final Holder LAG = new Holder(Holder.Kind.ALERT, "alert Lag (a1)", "lag is high");
    private static final Holder GONE = new Holder(Holder.Kind.ALERT, "alert Gone (b2)", "standby-a is gone");
    private static final Holder GUARD = new Holder(Holder.Kind.GUARD, "replica-lag", "2.3 s > 2 s");

    @Test
    void each_alert_holds_for_itself_and_lets_go_of_its_own_hold_alone() {
        RunState both = held(held(new Working(), LAG), GONE);
        assertThat(both.holders().all()).containsExactly(LAG, GONE);

        RunState one = released(both, Holder.Kind.ALERT, LAG.by());
        assertThat(one.holders().all()).containsExactly(GONE);
        assertThat(released(one, Holder.Kind.ALERT, LAG.by())).isEqualTo(one);
        assertThat(released(one, Holder.Kind.ALERT, GONE.by())).isEqualTo(new Working());
    }

    @Test
    void an_alert_lifts_nobody_elses_hold() {
        RunState all = held(held(held(new Working(), LAG), ANN), GUARD);

        assertThat(released(all, Holder.Kind.ALERT, LAG.by()).holders().all()).containsExactly(ANN, GUARD);
        assertThat(released(all, Holder.Kind.GUARD, "").holders().all()).containsExactly(ANN, LAG);
    }

    @Test
    void a_person_who_resumes_lifts_alerts_too_but_no_guard() {
        RunState all = held(held(held(held(new Working(), LAG), GONE), ANN), GUARD);

        assertThat(released(all, Holder.Kind.OPERATOR, "ann@desk").holders().all())
                .containsExactly(GUARD);
    }

    @Test
    void there_is_one_of_every_other_kind_and_the_later_word_counts() {
        Holder ben = new Holder(Holder.Kind.OPERATOR, "ben@desk", "lunch");

        assertThat(Holders.of(List.of(GUARD, ANN, ben)).all()).containsExactly(ben, GUARD);
        assertThat(Holders.of(List.of(LAG, new Holder(Holder.Kind.ALERT, LAG.by(), "worse")))
                        .all())
                .singleElement()
                .extracting(Holder::reason)
                .isEqualTo("worse");
        assertThat(Holders.of(List.of(GONE, LAG))).hasToString("alert: standby-a is gone; alert: lag is high");
    }

    private static RunState held(RunState state, Holder holder) {
        return state.on(new RunEvent.Held(holder)).next();
    }

    private static RunState released(RunState state, Holder.Kind kind, String by) {
        return state.on(new RunEvent.Released(kind, by)).next();
    }
}
