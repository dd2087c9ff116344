package dev.nightshift.view;

import dev.nightshift.guards.guard.Finding;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.Level;
import dev.nightshift.guards.guard.Limit;
import dev.nightshift.guards.guard.Limits;
import dev.nightshift.guards.guard.Standing;
import dev.nightshift.plan.DatabaseUrl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the {@code guards} commands print with {@code -o json}; as in {@link Documents}, null is “not known”. */
public final class GuardDocuments {

    private GuardDocuments() {}

    public static Map<String, Object> seen(
            DatabaseUrl database, Judgement judgement, List<String> problems, GuardSettings settings) {
        Map<String, Object> document = Documents.of("GuardReadings");
        document.put("at", Optional.ofNullable(judgement.at()));
        document.put("database", database.toString());
        document.put("verdict", word(judgement.verdict()));
        document.put("problems", problems);
        document.put(
                "readings",
                judgement.standings().stream()
                        .filter(Standing::measured)
                        .map(standing -> reading(standing, judgement, settings))
                        .toList());
        return document;
    }

    private static Map<String, Object> reading(Standing standing, Judgement judgement, GuardSettings settings) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("guard", standing.guard().key());
        tree.put("subject", standing.subject());
        tree.put("verdict", word(standing.verdict()));
        tree.put("value", standing.value());
        tree.put("unit", word(standing.guard().unit()));
        Limits limits = settings.of(standing.guard(), standing.subject());
        for (Level level : Level.values()) {
            tree.put(word(level), limits.at(level).map(GuardDocuments::limit));
        }
        Optional<Finding> finding = judgement.findings().stream()
                .filter(one -> one.guard() == standing.guard() && one.subject().equals(standing.subject()))
                .findFirst();
        tree.put("reason", finding.map(Finding::reason));
        tree.put("note", finding.map(Finding::note));
        return tree;
    }

    /** What {@code guards list -o json} prints. */
    public static Map<String, Object> list() {
        Map<String, Object> document = Documents.of("GuardList");
        document.put(
                "guards",
                List.of(GuardKind.values()).stream().map(GuardDocuments::kind).toList());
        return document;
    }

    private static Map<String, Object> kind(GuardKind guard) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("guard", guard.key());
        tree.put("id", guard.id());
        tree.put("watches", guard.watches());
        tree.put("unit", word(guard.unit()));
        tree.put("inPlans", GuardKind.ofPlans().contains(guard));
        for (Level level : Level.values()) {
            tree.put(word(level), guard.defaults().at(level).map(GuardDocuments::limit));
        }
        return tree;
    }

    /** A limit: its number in the guard's unit, how it compares, and for how long it must be crossed. */
    public static Map<String, Object> limit(Limit limit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("value", limit.value());
        tree.put("comparison", limit.comparison().text());
        tree.put("lasting", limit.lasting());
        return tree;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
