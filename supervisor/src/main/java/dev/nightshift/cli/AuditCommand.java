package dev.nightshift.cli;

import dev.nightshift.view.AuditDocuments;
import dev.nightshift.view.AuditEntry;
import dev.nightshift.view.AuditTrail;
import dev.nightshift.view.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Exports who decided what: every command with who, from where, when, why and what came of it. */
@Command(
        name = "audit",
        description = {
            "Print who began, paused, resumed, aborted, retried and approved runs, who froze and thawed: when, from where, why,",
            "and what came of it. Read from what the journal keeps for good, the oldest first."
        })
final class AuditCommand extends Verb {

    private static final int PAGE = 500;
    /** As wide as a run's id. */
    private static final String ALL_RUNS = "      ";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    @Option(names = "--since", paramLabel = "TIME", description = "From here on: 2026-03-02, or 2026-03-02T01:31:14Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "And before this.")
    private @Nullable String until;

    @Option(names = "--run", paramLabel = "RUN", defaultValue = "", description = "Only this run.")
    private String run = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json|csv",
            defaultValue = "text",
            converter = Form.Word.class,
            description = "How it is printed: json is a document a line (default: ${DEFAULT-VALUE}).")
    private Form form = Form.TEXT;

    @Mixin
    private final ServerOption server = new ServerOption();

    AuditCommand(Shell shell) {
        super(shell);
    }

    /** In which form entries are printed. */
    enum Form {
        TEXT,
        JSON,
        CSV;

        /** Reads {@code text}, {@code json} or {@code csv}. */
        static final class Word extends LintFormat.Words<Form> {
            Word() {
                super(Form.class);
            }
        }
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        AuditTrail.Wanted wanted =
                new AuditTrail.Wanted(instant("--since", since), instant("--until", until), shell().run(run));
        try (CommandPorts.Access access = server.open(shell())) {
            if (form == Form.CSV) {
                write(AuditDocuments.csvHead());
            }
            Optional<AuditTrail.Position> next = Optional.empty();
            do {
                AuditTrail.Page page = access.audit().page(wanted, next, PAGE);
                page.entries().forEach(this::print);
                next = page.next();
            } while (next.isPresent());
        }
        return ExitCode.OK;
    }

    private void print(AuditEntry entry) {
        switch (form) {
            case JSON -> shell().data(Json.line(AuditDocuments.entry(entry.database(), entry)));
            case CSV -> write(AuditDocuments.csv(entry));
            case TEXT -> shell().data(text(entry));
        }
    }

    private String text(AuditEntry entry) {
        String what = entry.action() + (entry.immediate() ? " at once" : "");
        return "%s  %s  %-16s %s%s: %s%s"
                .formatted(
                        TIME.format(entry.at().atZone(shell().around().zone())),
                        entry.about().map(about -> about.run().text()).orElse(ALL_RUNS),
                        what,
                        entry.by(),
                        entry.from().isEmpty() ? "" : " from " + entry.from(),
                        entry.reason(),
                        entry.outcome().map(outcome -> " -> " + outcome).orElse(" (not observed yet)"))
                .replaceAll("\\p{Cntrl}", " ");
    }

    /** Lines end as CSV wants them, whatever this machine's do. */
    private void write(String csv) {
        shell().around().out().print(csv);
    }

    private Optional<Instant> instant(String option, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.length() <= "2026-03-02".length()
                            ? LocalDate.parse(text)
                                    .atStartOfDay(shell().around().zone())
                                    .toInstant()
                            : Instant.parse(text));
        } catch (DateTimeException e) {
            throw Shell.usage(
                    "'" + text + "' is no time for " + option, "write 2026-03-02, or 2026-03-02T01:31:14Z in UTC");
        }
    }
}
