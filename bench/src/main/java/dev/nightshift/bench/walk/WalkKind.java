package dev.nightshift.bench.walk;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The order of a walk, and the statements of a bare loop in the same order. */
enum WalkKind {
    KEY("key") {
        @Override
        Stream<String> conditions(long rows, long pages, Batches batches) {
            long size = Math.max(1, rows / Math.max(1, batches.count()));
            return LongStream.iterate(0, from -> from < rows, from -> from + size)
                    .mapToObj(from -> "id > " + from + " AND id <= " + (from + size));
        }
    },
    HEAP("heap") {
        @Override
        Stream<String> conditions(long rows, long pages, Batches batches) {
            int stripes = batches.stripes();
            long ranges = Math.max(1, batches.count() / stripes);
            long size = (pages + ranges - 1) / ranges;
            return LongStream.iterate(0, from -> from < pages, from -> from + size)
                    .boxed()
                    .flatMap(from -> LongStream.range(0, stripes)
                            .mapToObj(stripe -> "ctid >= '(" + from + ",0)' AND ctid < '("
                                    + Math.min(pages, from + size) + ",0)' AND get_byte(tidsend(ctid), 5) & "
                                    + (stripes - 1) + " = " + stripe));
        }
    };

    private final String word;

    WalkKind(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /**
     * One UPDATE a batch, as many as the walk needed for the same table.
     *
     * @param pages of the table before the loop
     */
    Stream<String> loop(long rows, long pages, Batches batches) {
        return loop(Loop.PLAIN, rows, pages, batches);
    }

    /** The same with another statement for each batch. */
    Stream<String> loop(Loop form, long rows, long pages, Batches batches) {
        return conditions(rows, pages, batches).map(which -> form.statement(this, which));
    }

    /** Which rows each batch is about. */
    abstract Stream<String> conditions(long rows, long pages, Batches batches);

    /** How a walk went through its table: so many statements, each page in so many stripes. */
    record Batches(long count, int stripes) {}
}
