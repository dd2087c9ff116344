package dev.nightshift.view;

import dev.nightshift.run.RunId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Reads who decided what; fails with a {@link dev.nightshift.run.Trouble}. Kept for as long as the journal is. */
public interface AuditTrail {

    /**
     * The oldest first.
     *
     * @param after only those behind this one
     * @param most at least 1
     */
    Page page(Wanted wanted, Optional<Position> after, int most);

    /** @param next behind what the next page begins; empty when this is the last one */
    record Page(List<AuditEntry> entries, Optional<Position> next) {

        public Page {
            entries = List.copyOf(entries);
        }

        /** Of what was found when so many were asked for. */
        public static Page of(List<AuditEntry> entries, int most) {
            return new Page(
                    entries,
                    entries.size() < most
                            ? Optional.empty()
                            : Optional.of(Position.behind(entries.get(entries.size() - 1))));
        }
    }

    /**
     * Which of them.
     *
     * @param since from this instant on
     * @param until and before this one
     */
    record Wanted(Optional<Instant> since, Optional<Instant> until, Optional<RunId> run) {}

    /** A place in the trail, behind an entry. */
    record Position(Instant at, String id) {

        public static Position behind(AuditEntry entry) {
            return new Position(entry.at(), entry.id());
        }

        /**
         * Reads what {@link #toString} wrote.
         *
         * @throws IllegalArgumentException when it is something else
         */
        public static Position parse(String text) {
            if (!text.matches("\\d{1,18}_((intent|freeze|thaw)/\\d{1,18}|run/[0-9a-z]{6})")) {
                throw new IllegalArgumentException("expected the `next` of a page");
            }
            int gap = text.indexOf('_');
            Instant at = Instant.EPOCH.plus(Long.parseLong(text.substring(0, gap)), ChronoUnit.MICROS);
            return new Position(at, text.substring(gap + 1));
        }

        @Override
        public String toString() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "_" + id;
        }
    }
}
