package dev.nightshift.cli.screen;

import dev.nightshift.guards.guard.Unit;
import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.view.StatementTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What one statement did, as people read it. */
public final class TraceLines {

    private static final int LONGEST = 90;
    private static final String INDENT = "    ";

    private TraceLines() {}

    public static List<Line> of(StatementTrace trace) {
        List<Line> lines = new ArrayList<>();
        String place = trace.file() + ":" + trace.line() + ":" + trace.column();
        lines.add(Line.of(Style.DIM, place + "  ").plus(Style.BOLD, shortened(trace.statement())));
        if (trace.failed()) {
            lines.add(field("failed").plus(Style.BAD, trace.error()));
            return lines;
        }
        lines.add(field("took")
                .plus(Unit.text(trace.took()) + ", " + new ByteSize(Math.max(0, trace.walBytes())) + " of WAL"
                        + (trace.alone() ? ", outside a transaction" : "")));
        String locks = trace.locks().stream().map(StatementTrace.Lock::toString).collect(Collectors.joining(", "));
        String seen = trace.alone() ? " (seen while it ran; short ones may be missing)" : "";
        lines.add(field("locks")
                .plus(locks.isEmpty() ? "nothing that was there before" : locks)
                .plus(Style.DIM, seen));
        if (!trace.rewrote().isEmpty()) {
            lines.add(field("rewrote").plus(Style.CAREFUL, String.join(", ", trace.rewrote())));
        }
        if (!trace.scanned().isEmpty()) {
            lines.add(field("scanned").plus(Style.CAREFUL, String.join(", ", trace.scanned())));
        }
        return lines;
    }

    private static Line field(String word) {
        return Line.of(INDENT).plus(Style.DIM, String.format("%-9s", word));
    }

    private static String shortened(String statement) {
        String line = statement.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
