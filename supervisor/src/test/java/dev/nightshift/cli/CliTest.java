package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.cli.screen.Views;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Working;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CliTest {

    private static final Explanation AWAY = new Explanation(
            "nobody answers", "connecting to shop as ann", "nothing was changed", "check host and port");

    private final FakeDatabase database = new FakeDatabase();

    @Test
    void the_top_help_lists_every_exit_code_with_its_meaning() {
        Typed help = Typed.in(database, "--help");

        assertThat(help.code()).isZero();
        for (ExitCode code : ExitCode.values()) {
            assertThat(help.out()).contains("  " + code.code() + " ");
            assertThat(help.out().replaceAll("\\s+", " ")).contains(code.meaning());
        }
        assertThat(help.out()).doesNotContain("worker");
    }

    @Test
    void every_command_lists_the_codes_it_can_end_with() {
        List<CommandLine> commands = new ArrayList<>();
        collect(new Cli(Surroundings.ofProcess(), database).line(), commands);

        assertThat(commands).hasSizeGreaterThan(14);
        for (CommandLine command : commands) {
            Verb verb = command.getCommand();
            String help = command.getUsageMessage();
            assertThat(verb.endings()).as(command.getCommandName()).isNotEmpty();
            verb.endings().forEach(code -> assertThat(help).contains("  " + code.code() + " "));
            assertThat(help).contains("Exit codes:", "--database", "--no-color", "--debug");
        }
    }

    @Test
    void a_command_line_that_cannot_be_read_ends_with_2_and_says_where_help_is() {
        assertThat(Typed.in(database, "stauts"))
                .satisfies(t -> assertThat(t.code()).isEqualTo(2))
                .satisfies(t -> assertThat(t.err()).contains("Did you mean: nightshift status", "nightshift --help"));
        assertThat(Typed.in(database, "status", "--colour").code()).isEqualTo(2);
        assertThat(Typed.in(database).code()).isEqualTo(2);
        assertThat(Typed.in(database, "backup").code()).isEqualTo(2);
        assertThat(Typed.in(database, "status", "-o", "yaml").err())
                .contains("expected one of [text, json], found 'yaml'");
    }

    @Test
    void without_a_database_a_command_says_how_to_name_one() {
        Typed typed = Typed.in(database, Map.of(), "status");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err().lines()).hasSize(4);
        assertThat(typed.err()).contains("no database is named", "NIGHTSHIFT_DATABASE");
    }

    @Test
    void a_url_with_a_password_is_refused_and_the_password_not_repeated() {
        Typed typed = Typed.in(database, "status", "--database", "postgresql://ann:s3cret@localhost/shop");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out() + typed.err()).doesNotContain("s3cret");
    }

    @Test
    void trouble_is_told_in_four_lines_without_a_stack_trace() {
        database.unreachable = Optional.of(new Transient(AWAY));
        Typed away = Typed.in(database, "status");
        assertThat(away.code()).isEqualTo(75);
        assertThat(away.err()).isEqualTo("""
                nobody answers
                while: connecting to shop as ann
                now:   nothing was changed
                do:    check host and port
                """);

        database.unreachable = Optional.of(new Permanent(AWAY));
        assertThat(Typed.in(database, "status").code()).isEqualTo(3);
        assertThat(Typed.in(database, "status", "--debug").err()).contains("\tat dev.nightshift");
    }

    @Test
    void a_defect_ends_with_1_and_asks_for_a_report() {
        database.status = Optional.of(Views.status(new Working()));
        database.supervisor = (asked, view) -> {
            throw new IllegalStateException("boom");
        };
        Typed typed = Typed.in(database, "pause");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err().lines()).hasSize(4);
        assertThat(typed.err()).contains("boom", "--debug").doesNotContain("\tat ");
    }

    @Test
    void version_and_completion_print_data() {
        assertThat(Typed.in(database, "version").out()).startsWith("nightshift ");
        assertThat(Typed.in(database, "--version").out()).startsWith("nightshift ");
        assertThat(Typed.in(database, "completion").out())
                .contains("complete", "resume")
                .doesNotContain("--warm");
    }

    @Test
    void the_worker_ends_with_what_its_hands_say() {
        assertThat(Typed.in(database, "worker", "7f3kmq").code()).isEqualTo(75);
    }

    @Test
    void options_stand_before_or_after_the_command() {
        database.status = Optional.of(Views.status(new Working()));

        assertThat(Typed.in(database, Map.of(), "--database", Typed.URL, "status")
                        .code())
                .isZero();
        assertThat(Typed.in(database, Map.of(), "status", "--database", Typed.URL)
                        .code())
                .isZero();
    }

    @Test
    void a_plan_that_is_not_there_is_named() {
        Typed typed = Typed.in(database, "check", Path.of("no", "plan.yaml").toString());

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("there is no such file");
    }

    private static void collect(CommandLine line, List<CommandLine> all) {
        line.getSubcommands().values().forEach(sub -> collect(sub, all));
        if (line.getCommand() instanceof Verb) {
            all.add(line);
        }
    }
}
