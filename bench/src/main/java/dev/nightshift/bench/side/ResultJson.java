package dev.nightshift.bench.side;

import dev.nightshift.bench.measure.Spread;
import dev.nightshift.bench.report.Json;
import dev.nightshift.bench.report.Threshold;
import dev.nightshift.sandbox.LoadReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The results for machines: every figure with its unit in its name. */
final class ResultJson {

    private ResultJson() {}

    static String of(Results results) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("command", results.options().command());
        all.put("rows", results.options().rows());
        all.put("key", results.options().key().word());
        all.put("link", results.options().link().toString());
        all.put("checkpoints", results.options().checkpoints());
        all.put("load_per_second", results.options().load());
        all.put("policies", results.outcomes().stream().map(ResultJson::outcome).toList());
        all.put(
                "thresholds",
                results.thresholds().stream().map(ResultJson::threshold).toList());
        return Json.of(all);
    }

    private static Map<String, Object> threshold(Threshold threshold) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("what", threshold.what());
        all.put("asked", threshold.asked());
        all.put("seen", threshold.seen());
        all.put("holds", threshold.holds());
        return all;
    }

    private static Map<String, Object> outcome(Outcome outcome) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("policy", outcome.policy().word());
        outcome.failure().ifPresent(why -> all.put("failure", why));
        outcome.figures().ifPresent(seen -> figures(all, seen));
        return all;
    }

    private static void figures(Map<String, Object> all, Outcome.Figures seen) {
        all.put("rows", seen.rows());
        all.put("rows_done_once", seen.once());
        all.put("first_commit_seconds", seen.times().first());
        all.put("done_seconds", seen.times().done());
        all.put("ended_seconds", seen.times().ended());
        all.put("caught_up_seconds", seen.times().caughtUp());
        all.put("wal_bytes", seen.wal());
        seen.linkRatio().ifPresent(ratio -> all.put("caught_up_over_wal_over_link_rate", ratio));
        all.put("table_growth", seen.growth());
        all.put("index_growth", seen.indexGrowth());
        all.put("hot_share", seen.hot());
        spread(all, "lag_seconds_", seen.lag().seconds());
        spread(all, "lag_bytes_", seen.lag().bytes());
        all.put("share_over_budget", seen.lag().overBudget());
        load(all, "application_alone_", seen.alone());
        load(all, "application_", seen.load());
        all.put("application_p99_ratio", seen.latencyRatio());
        all.put("checkpoints_forced", seen.checkpoints());
        all.put("commits", seen.commits());
        all.put("starts_and_stops_per_minute", seen.turnsPerMinute());
    }

    private static void spread(Map<String, Object> all, String name, Spread spread) {
        all.put(name + "p50", spread.p50());
        all.put(name + "p99", spread.p99());
        all.put(name + "max", spread.max());
    }

    private static void load(Map<String, Object> all, String name, LoadReport load) {
        all.put(name + "operations", load.done());
        all.put(name + "failed", load.failed());
        all.put(name + "p50_ms", millis(load.p50()));
        all.put(name + "p95_ms", millis(load.p95()));
        all.put(name + "p99_ms", millis(load.p99()));
        all.put(name + "longest_ms", millis(load.longest()));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
