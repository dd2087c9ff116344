package dev.nightshift.metrics;

import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.run.Working;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a standing supervisor with a run shows, and the names in it. */
public final class Exported {

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Pattern NAME = Pattern.compile("\\bnightshift_[a-z0-9_]+");

    private Exported() {}

    static String scrape() {
        MetricsScene some = new MetricsScene();
        ServiceMetrics service = new ServiceMetrics("0.1.0", () -> Instant.EPOCH);
        service.add("shop");
        service.tells(List.of("ops"));
        service.run("shop", some.run(new Working())).ticked(some.tick(new Working(), Verdict.SLOW, 4e6));
        return service.metrics();
    }

    /** With the parts of summaries and histograms, as Prometheus stores them. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>();
        TYPE.matcher(scrape()).results().forEach(line -> {
            String name = line.group(1);
            names.add(name);
            boolean histogram = line.group(2).equals("histogram");
            if (histogram || line.group(2).equals("summary")) {
                names.add(name + "_count");
                names.add(name + "_sum");
            }
            if (histogram) {
                names.add(name + "_bucket");
            }
        });
        return names;
    }

    /** Every word in a text that looks like the name of a metric of ours. */
    public static Set<String> namedIn(String text) {
        Set<String> named = new TreeSet<>();
        NAME.matcher(text).results().forEach(match -> named.add(match.group()));
        return named;
    }
}
