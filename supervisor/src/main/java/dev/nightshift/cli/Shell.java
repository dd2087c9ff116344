package dev.nightshift.cli;

import dev.nightshift.cli.screen.Line;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What every command has at hand: its surroundings, the ports, the global options, and how to speak. */
final class Shell {

    private static final String DATABASE = "NIGHTSHIFT_DATABASE";

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

    /** The database of {@code --database} or the environment, if one is named. */
    Optional<String> database() {
        return database.or(
                () -> Optional.ofNullable(around.environment().get(DATABASE)).filter(url -> !url.isBlank()));
    }

    CommandPorts.Access open() {
        return ports.open(database()
                .orElseThrow(() -> Refusal.usage(new Explanation(
                        "no database is named",
                        "reading the command line",
                        Explanation.NOTHING_CHANGED,
                        "pass --database postgresql://user@host/name, or set " + DATABASE))));
    }

    Optional<RunId> run(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RunId(text));
        } catch (IllegalArgumentException e) {
            throw Refusal.usage(new Explanation(
                    "'" + text + "' is not a run: " + e.getMessage(),
                    "reading the command line",
                    Explanation.NOTHING_CHANGED,
                    "see the runs with: nightshift history"));
        }
    }

    void data(String text) {
        around.out().println(text);
    }

    void data(Line line) {
        around.out().println(line.text(colour(), around.unicode()));
    }

    /** Progress, for a person to read. */
    void say(String text) {
        PrintStream err = around.err();
        err.println(text);
        err.flush();
    }
}
