package dev.nightshift.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/**
 * How long batches took, counted by {@link #BOUNDS}: as many numbers as there are bounds, and a last one for what took
 * longer than all of them.
 *
 * @param counts of the batches that took longer than the bound before and no longer than this one
 * @param micros how long those took together
 */
public record BatchTimes(List<Long> counts, List<Long> micros) {

    public static final List<Duration> BOUNDS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toList();

    public static final BatchTimes NONE = new BatchTimes(List.of(), List.of());

    public BatchTimes {
        counts = whole(counts);
        micros = whole(micros);
    }

    public BatchTimes with(Duration took) {
        int place = 0;
        while (place < BOUNDS.size() && took.compareTo(BOUNDS.get(place)) > 0) {
            place++;
        }
        return new BatchTimes(
                changed(counts, place, count -> count + 1), changed(micros, place, sum -> sum + micros(took)));
    }

    /** What has come since; where there was more before, nothing has. */
    public BatchTimes since(BatchTimes before) {
        return new BatchTimes(less(counts, before.counts), less(micros, before.micros));
    }

    /** The mean of those that were counted at a place, which lies within the place's bounds. */
    public Duration mean(int place) {
        long count = Math.max(1, counts.get(place));
        return Duration.ofNanos((micros.get(place) + count - 1) / count * 1_000);
    }

    /** Rounded up, so that nothing falls below its bound. */
    private static long micros(Duration took) {
        return (took.toNanos() + 999) / 1_000;
    }

    /** Another version of the program may have had other bounds: then nothing is known. */
    private static List<Long> whole(List<Long> numbers) {
        return numbers.size() == BOUNDS.size() + 1
                ? List.copyOf(numbers)
                : List.copyOf(Collections.nCopies(BOUNDS.size() + 1, 0L));
    }

    private static List<Long> changed(List<Long> numbers, int place, LongUnaryOperator change) {
        List<Long> all = new ArrayList<>(numbers);
        all.set(place, change.applyAsLong(numbers.get(place)));
        return all;
    }

    private static List<Long> less(List<Long> now, List<Long> before) {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            all.add(Math.max(0, now.get(i) - before.get(i)));
        }
        return all;
    }
}
