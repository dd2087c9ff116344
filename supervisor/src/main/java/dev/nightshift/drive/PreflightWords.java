package dev.nightshift.drive;

import dev.nightshift.guards.preflight.CheckResult;
import dev.nightshift.guards.preflight.Outcome;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.run.Explanation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A preflight as a run tells it: why it does not start, and what it goes on in spite of. */
public final class PreflightWords {

    private PreflightWords() {}

    /** All that keeps the run from starting, in four lines. */
    public static Explanation refusal(PreflightReport report) {
        List<CheckResult> stopping = report.stopping();
        // One privilege that is missing hides the same from many checks.
        Map<String, String> ids = new LinkedHashMap<>();
        stopping.forEach(result -> ids.merge(seen(result), result.check().id(), (first, more) -> first + ", " + more));
        String what = ids.entrySet().stream()
                .map(e -> e.getValue() + ": " + e.getKey())
                .collect(Collectors.joining("; "));
        return new Explanation(
                ids.size() == 1 ? what : ids.size() + " checks failed: " + what,
                "checking before the first write",
                Explanation.NOTHING_CHANGED,
                stopping.stream().map(CheckResult::remedy).distinct().collect(Collectors.joining("; ")));
    }

    /** One line of history for each warning and each waiver, and for what the next look is held against. */
    static List<Event> remarks(PreflightReport report) {
        return report.remarks().stream().map(PreflightWords::remark).toList();
    }

    /** Of those, what the first look after the run began is held against. */
    public static List<Event> remembered(PreflightReport report) {
        return report.remembered().stream().map(PreflightWords::remark).toList();
    }

    private static Event remark(CheckResult result) {
        String remedy = result.remedy().isEmpty() ? "" : "; " + result.remedy();
        String waived =
                result.waived().map(reason -> " (waived: " + reason + ")").orElse(remedy);
        return new Event("preflight", result.check().id(), result.outcome().word() + ": " + result.seen() + waived);
    }

    private static String seen(CheckResult result) {
        return (result.outcome() == Outcome.UNKNOWN ? "not known: " : "") + result.seen();
    }
}
