package dev.nightshift.guards.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds every check against the facts. */
public final class Preflight {

    private Preflight() {}

    /**
     * Every check.
     *
     * @param waivers reason by the id of a check, of those that hold today
     */
    public static PreflightReport judge(Situation situation, Map<String, String> waivers) {
        Situation whole = situation.expecting();
        List<CheckResult> results = new ArrayList<>();
        for (PreflightCheck check : PreflightCheck.values()) {
            check.rule().judge(whole).forEach(answer -> results.add(result(check, answer, waivers)));
        }
        Optional<String> later =
                BackupCheck.later(whole.backup()).filter(why -> !waivers.containsKey(PreflightCheck.BACKUP.id()));
        return new PreflightReport(results, whole.work().forecasts(), later);
    }

    /** Nothing behind a pooler can be believed, so nothing else is looked at. */
    public static PreflightReport behindPooler(String seen) {
        String remedy =
                "name PostgreSQL itself in the plan's database url; a pooler does not pass a session's settings on,"
                        + " in its session mode neither";
        Answer answer = Answer.fail(seen, remedy);
        return new PreflightReport(List.of(result(PreflightCheck.POOLER, answer, Map.of())), List.of());
    }

    private static CheckResult result(PreflightCheck check, Answer answer, Map<String, String> waivers) {
        boolean waivable = check.waivable() && answer.outcome() != Outcome.PASS;
        Optional<String> reason = waivable ? Optional.ofNullable(waivers.get(check.id())) : Optional.empty();
        return new CheckResult(check, answer.outcome(), answer.seen(), answer.remedy(), reason);
    }
}
