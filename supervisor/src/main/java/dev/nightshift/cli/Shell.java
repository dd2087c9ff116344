package dev.nightshift.cli;

import dev.nightshift.cli.screen.Line;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What every command has at hand: its surroundings, the ports, the global options, and how to speak. */
final class Shell {

    private static final String DATABASE = "NIGHTSHIFT_DATABASE";

    private static final int WIDE = 120;

    private final Surroundings around;
    private final CommandPorts ports;
    private Optional<String> database = Optional.empty();
    private BooleanSupplier plain = () -> false;

    Shell(Surroundings around, CommandPorts ports) {
        this.around = around;
        this.ports = ports;
    }

    /** Told once by the command line what its global options are. */
    void setOptions(Optional<String> database, BooleanSupplier plain) {
        this.database = database;
        this.plain = plain;
    }

    Surroundings around() {
        return around;
    }

    CommandPorts ports() {
        return ports;
    }

    boolean colour() {
        return around.colour() && !plain.getAsBoolean();
    }

    /** The launcher knows a terminal's width; without it the lines are laid out for a wide one. */
    int columns() {
        return around.terminal() ? Integer.getInteger("nightshift.columns", WIDE) : WIDE;
    }

    /** The database of {@code --database} or the environment, if one is named. */
    Optional<DatabaseUrl> database() {
        return database.or(() ->
                        Optional.ofNullable(around.environment().get(DATABASE)).filter(url -> !url.isBlank()))
                .map(Shell::parse);
    }

    DatabaseUrl needDatabase() {
        return database()
                .orElseThrow(() -> usage(
                        "no database is named", "pass --database postgresql://user@host/name, or set " + DATABASE));
    }

    /** The database of {@code --database} alone: for what must never meet one that somebody else has set. */
    DatabaseUrl needNamedDatabase() {
        return database.map(Shell::parse)
                .orElseThrow(() -> usage("no database is named", "pass --database postgresql://user@host/scratch"));
    }

    CommandPorts.Access open() {
        return ports.open(needDatabase());
    }

    Optional<RunId> run(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RunId(text));
        } catch (IllegalArgumentException e) {
            throw usage("'" + text + "' is not a run: " + e.getMessage(), "see the runs with: nightshift history");
        }
    }

    RunId needRun(String text) {
        return run(text).orElseThrow(() -> usage("no run is named", "see the runs with: nightshift history"));
    }

    void data(String text) {
        around.out().println(text);
    }

    void data(Line line) {
        data(line.text(colour(), around.unicode()));
    }

    /** Progress, for a person to read. */
    void say(String text) {
        around.err().println(text);
    }

    static Refusal usage(String what, String todo) {
        return Refusal.usage(new Explanation(what, "reading the command line", Explanation.NOTHING_CHANGED, todo));
    }

    private static DatabaseUrl parse(String text) {
        try {
            return DatabaseUrl.parse(text);
        } catch (IllegalArgumentException e) {
            throw usage(
                    "the database URL cannot be read: " + e.getMessage(),
                    "write it as postgresql://user@host:5432/name, without a password");
        }
    }
}
