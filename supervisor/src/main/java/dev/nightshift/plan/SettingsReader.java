package dev.nightshift.plan;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.time.Days;
import dev.nightshift.time.Window;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a plan says beside its steps: database, window, backup, waivers. */
final class SettingsReader {

    private static final int MOST_APPROVERS = 5;

    private final Path directory;

    SettingsReader(Path directory) {
        this.directory = directory;
    }

    Optional<DatabaseUrl> database(Value value) {
        return value.fields(Shape.DATABASE, "a mapping with `url`")
                .flatMap(fields -> fields.at("url"))
                .flatMap(url -> url.as("a URL such as postgresql://user@host:5432/database", DatabaseUrl::parse));
    }

    Optional<WindowSpec> window(Value value) {
        Optional<Fields> found = value.fields(Shape.WINDOW, "a mapping with `opens`, `lasts` and `zone`");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = found.get();
        Optional<String> opens =
                fields.at("opens").flatMap(v -> v.as("a cron line such as \"0 1 * * 1-5\"", Window::checkCron));
        Optional<Duration> lasts =
                fields.at("lasts").flatMap(v -> v.as("a duration", text -> Quantities.duration(text, "1m", "7d")));
        Optional<ZoneId> zone =
                fields.at("zone").flatMap(v -> v.as("a zone such as Europe/Paris", SettingsReader::zone));
        List<Days> except = new ArrayList<>();
        fields.at("except")
                .ifPresent(list -> list.items("a list of dates")
                        .forEach(item -> item.as("a date such as 2026-12-24", Days::parse)
                                .ifPresent(except::add)));
        return fields.build(() -> new WindowSpec(opens.orElseThrow(), lasts.orElseThrow(), zone.orElseThrow(), except));
    }

    /** How many people have to approve it. */
    Optional<Integer> approvers(Value value) {
        return value.fields(Shape.APPROVAL, "a mapping with `people`")
                .flatMap(fields -> fields.at("people"))
                .flatMap(people -> people.whole(1, MOST_APPROVERS));
    }

    Optional<BackupSpec> backup(Value value) {
        return new BackupReader(directory).read(value);
    }

    /** The guards among what is waived, each with the last day of that. */
    static Map<GuardKind, LocalDate> guards(List<Waiver> waivers) {
        Map<GuardKind, LocalDate> guards = new EnumMap<>(GuardKind.class);
        for (Waiver waiver : waivers) {
            GuardKind.called(waiver.id())
                    .ifPresent(guard -> guards.merge(guard, waiver.until(), SettingsReader::later));
        }
        return guards;
    }

    static Map<String, LocalDate> replicas(List<Waiver> waivers, DeclaredReplicas declared) {
        Map<String, LocalDate> replicas = new HashMap<>();
        for (Waiver waiver : waivers) {
            if (declared.named().stream().anyMatch(one -> one.name().equals(waiver.id()))) {
                replicas.merge(waiver.id(), waiver.until(), SettingsReader::later);
            }
        }
        return replicas;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    List<Waiver> waivers(Value value) {
        List<Waiver> waivers = new ArrayList<>();
        for (Value item : value.items("a list of waivers")) {
            item.fields(Shape.WAIVER, "a mapping with `id`, `reason` and `until`")
                    .ifPresent(fields -> {
                        Optional<String> id = fields.at("id")
                                .flatMap(v -> v.text("the id of a guard, a check or a rule, or the name of a replica"));
                        fields.at("id")
                                .ifPresent(v -> id.flatMap(GuardKind::called)
                                        .filter(guard -> !GuardKind.ofPlans().contains(guard))
                                        .ifPresent(guard -> v.problem("expected a guard that may be waived, found '"
                                                + guard.key() + "'; permits rest on it")));
                        Optional<String> reason = fields.at("reason").flatMap(v -> v.text("a reason"));
                        Optional<LocalDate> until = fields.at("until").flatMap(SettingsReader::date);
                        fields.build(() -> new Waiver(id.orElseThrow(), reason.orElseThrow(), until.orElseThrow()))
                                .ifPresent(waivers::add);
                    });
        }
        return waivers;
    }

    private static Optional<LocalDate> date(Value value) {
        return value.as("a date such as 2026-12-24", text -> {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("expected a date such as 2026-12-24, found '" + text + "'", e);
            }
        });
    }

    private static ZoneId zone(String text) {
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw new IllegalArgumentException("expected a zone such as Europe/Paris or UTC, found '" + text + "'"
                    + Suggestion.text(ZoneId.getAvailableZoneIds(), text));
        }
        return ZoneId.of(text);
    }
}
