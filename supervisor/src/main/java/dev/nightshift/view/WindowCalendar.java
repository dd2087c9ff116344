package dev.nightshift.view;

import dev.nightshift.plan.WindowSpec;
import dev.nightshift.time.Days;
import dev.nightshift.time.OpenTime;
import dev.nightshift.time.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * When a window opens and closes from an instant on, with what is out of the ordinary about each time.
 *
 * @param entries in order; the first may be open already
 */
public record WindowCalendar(ZoneId zone, Instant at, List<Entry> entries) {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    public WindowCalendar {
        entries = List.copyOf(entries);
    }

    /**
     * One time in which it is open.
     *
     * @param open whether it is open at the instant of the calendar; {@code opens} is that instant then
     * @param closes empty when it stays open for more than a month
     * @param skipped exceptions because of which it does not open before this
     * @param notes what the wall clock does meanwhile
     */
    public record Entry(boolean open, Instant opens, Optional<Instant> closes, List<Days> skipped, List<String> notes) {

        public Entry {
            skipped = List.copyOf(skipped);
            notes = List.copyOf(notes);
        }
    }

    /** @param most how many times, the present one among them */
    public static WindowCalendar of(WindowSpec spec, Instant at, int most) {
        Window window = spec.window();
        List<Entry> entries = new ArrayList<>();
        Instant from = at;
        Optional<OpenTime> next = window.openTime(at);
        while (entries.size() < most && next.isPresent()) {
            entries.add(entry(spec, window, at, from, next.get()));
            from = next.get().closes();
            next = next.get().closesEver() ? window.openTime(from) : Optional.empty();
        }
        return new WindowCalendar(spec.zone(), at, entries);
    }

    private static Entry entry(WindowSpec spec, Window window, Instant at, Instant from, OpenTime time) {
        boolean open = time.opens().equals(at) && window.isOpen(at.minusNanos(1));
        Optional<Instant> closes = Optional.of(time.closes()).filter(instant -> time.closesEver());
        return new Entry(
                open,
                time.opens(),
                closes,
                window.skipped(from, time.opens()),
                changes(spec.zone(), from, time, closes));
    }

    /** A clock that changes while it is closed is named too: the next opening is that much nearer or farther. */
    private static List<String> changes(ZoneId zone, Instant from, OpenTime time, Optional<Instant> closes) {
        List<String> notes = new ArrayList<>();
        ZoneOffsetTransition change = zone.getRules().nextTransition(from.minusNanos(1));
        Instant end = closes.orElse(time.opens());
        while (change != null && !change.getInstant().isAfter(end)) {
            notes.add(note(change, time, closes));
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return notes;
    }

    private static String note(ZoneOffsetTransition change, OpenTime time, Optional<Instant> closes) {
        String clocks = "the clocks go " + (change.isGap() ? "forward" : "back") + " by "
                + Quantity.time(change.getDuration().abs()) + " on "
                + MINUTE.format(change.getDateTimeBefore());
        if (change.isGap() && change.getInstant().equals(time.opens())) {
            return clocks + ": an opening in the hour that is skipped happens at the change";
        }
        boolean during = change.getInstant().isAfter(time.opens())
                && closes.filter(close -> change.getInstant().isBefore(close)).isPresent();
        return during
                ? clocks + ", while it is open: it lasts " + Quantity.time(time.length()) + " all the same"
                : clocks;
    }

    /** Whether it is open at the instant of the calendar. */
    public boolean isOpen() {
        return !entries.isEmpty() && entries.get(0).opens().equals(at);
    }

    /** {@code Tue 2026-11-24 01:00} in the window's zone. */
    public String local(Instant instant) {
        return MINUTE.format(LocalDateTime.ofInstant(instant, zone));
    }

    /** {@code 05:00} in the window's zone where that is on the same day, else with the day. */
    public String localAfter(Instant earlier, Instant instant) {
        LocalDateTime shown = LocalDateTime.ofInstant(instant, zone);
        boolean sameDay = shown.toLocalDate()
                .equals(LocalDateTime.ofInstant(earlier, zone).toLocalDate());
        return sameDay ? CLOCK.format(shown) : MINUTE.format(shown);
    }

    /** For programs. */
    public Map<String, Object> document(String plan) {
        Map<String, Object> document = Documents.of("WindowCalendar");
        document.put("plan", plan);
        document.put("zone", zone.getId());
        document.put("at", at);
        document.put("open", isOpen());
        document.put("openings", entries.stream().map(this::fields).toList());
        return document;
    }

    private Map<String, Object> fields(Entry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("open", entry.open());
        fields.put("opens", entry.opens());
        fields.put("closes", entry.closes());
        fields.put("opensLocal", text(entry.opens()));
        fields.put("closesLocal", entry.closes().map(this::text));
        fields.put("lasts", entry.closes().map(closes -> Duration.between(entry.opens(), closes)));
        fields.put("skipped", entry.skipped().stream().map(Days::toString).toList());
        fields.put("notes", entry.notes());
        return fields;
    }

    private String text(Instant instant) {
        return instant.atZone(zone).toOffsetDateTime().toString();
    }
}
