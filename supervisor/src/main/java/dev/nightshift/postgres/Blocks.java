package dev.nightshift.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * Some blocks of a table in a row.
 *
 * @param from the first one
 * @param to the first one behind them
 */
record Blocks(long from, long to) {

    Blocks {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("expected blocks in a row, found " + from + " to " + to);
        }
    }

    long count() {
        return to - from;
    }

    /** As a bound of a TID range: no row has an offset of 0. */
    static String tid(long block) {
        return "(" + block + ",0)";
    }

    /** In the same order, each at most so long. */
    List<Blocks> parts(long most) {
        List<Blocks> parts = new ArrayList<>();
        for (long at = from; at < to; at += most) {
            parts.add(new Blocks(at, Math.min(to, at + most)));
        }
        return parts;
    }

    /** The same blocks and some more, in at most {@code most} pieces: those with the smallest gaps become one. */
    static List<Blocks> merged(List<Blocks> sorted, int most) {
        List<Blocks> pieces = joined(sorted, 0);
        while (pieces.size() > most) {
            pieces = joined(pieces, 2 * smallestGap(pieces));
        }
        return pieces;
    }

    private static List<Blocks> joined(List<Blocks> sorted, long gap) {
        List<Blocks> fewer = new ArrayList<>();
        for (Blocks piece : sorted) {
            int last = fewer.size() - 1;
            if (last >= 0 && piece.from() - fewer.get(last).to() <= gap) {
                fewer.set(last, new Blocks(fewer.get(last).from(), piece.to()));
            } else {
                fewer.add(piece);
            }
        }
        return fewer;
    }

    private static long smallestGap(List<Blocks> pieces) {
        long smallest = Long.MAX_VALUE;
        for (int i = 1; i < pieces.size(); i++) {
            smallest =
                    Math.min(smallest, pieces.get(i).from() - pieces.get(i - 1).to());
        }
        return smallest;
    }
}
