package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.SettingChanges;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Expressions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** SESSION-UNSAFE-GUC: a setting that weakens safety; ALTER SYSTEM; timeouts set for a role or database. */
final class UnsafeSetting extends Rule {
    UnsafeSetting() {
        super(new RuleCard(
                "SESSION-UNSAFE-GUC",
                Severity.ERROR,
                "a setting that weakens safety; ALTER SYSTEM; timeouts set for a role or database",
                "-",
                "commits are lost in a crash, damage is hidden, or other sessions change behaviour",
                "leave the settings to the supervisor, or SET LOCAL harmless ones",
                "ALTER SYSTEM SET fsync = off",
                "SET LOCAL work_mem = '256MB'"));
    }

    private static final Set<String> OFF = Set.of("off", "false", "no", "0");
    private static final Set<String> ON = Set.of("on", "true", "yes", "1");
    private static final Map<String, Set<String>> UNSAFE = Map.ofEntries(
            Map.entry("synchronous_commit", Set.of("off", "false", "no", "0", "local")),
            Map.entry("zero_damaged_pages", ON),
            Map.entry("ignore_checksum_failure", ON),
            Map.entry("ignore_system_indexes", ON),
            Map.entry("allow_system_table_mods", ON),
            Map.entry("default_transaction_read_only", ON),
            Map.entry("transaction_read_only", ON),
            Map.entry("row_security", OFF),
            Map.entry("fsync", OFF),
            Map.entry("full_page_writes", OFF),
            Map.entry("session_preload_libraries", Set.of()));
    private static final Set<String> TIMEOUTS = Set.of(
            "lock_timeout",
            "statement_timeout",
            "idle_in_transaction_session_timeout",
            "transaction_timeout",
            "idle_session_timeout");

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        return switch (tree.kind()) {
            case "AlterSystemStmt" ->
                Stream.of(hit("ALTER SYSTEM changes the whole server, for good").at(tree.node("setstmt")));
            case "AlterRoleSetStmt" -> forOthers(tree, "role");
            case "AlterDatabaseSetStmt" -> forOthers(tree, "database");
            case "CreateFunctionStmt", "AlterFunctionStmt" -> inRoutine(tree);
            case "VariableSetStmt" -> Stream.concat(set(tree), readOnlySession(tree));
            default -> set(tree);
        };
    }

    private static Stream<Hit> set(Node tree) {
        return SettingChanges.of(tree).stream().flatMap(UnsafeSetting::unsafe);
    }

    /** {@code SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY} */
    private static Stream<Hit> readOnlySession(Node tree) {
        return tree.text("name").equals("SESSION CHARACTERISTICS")
                        && tree.all("DefElem")
                                .anyMatch(option -> option.text("defname").equals("transaction_read_only")
                                        && Expressions.constant(option.node("arg"))
                                                .filter("1"::equals)
                                                .isPresent())
                ? Stream.of(hit("a session that may only read weakens what the migration after it relies on"))
                : Stream.empty();
    }

    private static Stream<Hit> unsafe(SettingChanges.Change change) {
        return change
                .value()
                .filter(value -> UNSAFE.getOrDefault(change.name(), Set.of()).contains(value.toLowerCase(Locale.ROOT)))
                .map(value -> hit(change.name() + " = " + value + " weakens what the database promises")
                        .at(change.at()))
                .stream();
    }

    private static Stream<Hit> forOthers(Node tree, String whose) {
        if (SettingChanges.resetsAll(tree.node("setstmt"))) {
            return Stream.of(hit("RESET ALL takes the timeouts of every session of the " + whose + " too"));
        }
        return SettingChanges.set(tree.node("setstmt")).stream()
                .flatMap(change -> TIMEOUTS.contains(change.name())
                        ? Stream.of(hit(change.name() + " changes for every session of the " + whose)
                                .at(change.at()))
                        : unsafe(change));
    }

    private static Stream<Hit> inRoutine(Node tree) {
        return Stream.concat(tree.list("options").stream(), tree.list("actions").stream())
                .filter(option -> option.text("defname").equals("set"))
                .flatMap(option -> SettingChanges.set(option.node("arg")).stream())
                .flatMap(UnsafeSetting::unsafe);
    }
}
