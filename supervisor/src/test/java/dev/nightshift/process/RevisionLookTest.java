package dev.nightshift.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.run.Explanation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What Alembic 1.8 and Flask-Migrate 4.0 print is read. */
class RevisionLookTest {

    private final Map<String, Printed> answers = new HashMap<>();

    RevisionLookTest() {
        prints("heads", 0, "27c6a30d7c24 (head)");
        prints("current", 0, "1975ea83b712");
    }

    private void prints(String verb, int exit, String... lines) {
        answers.put(verb, new Printed(OptionalInt.of(exit), List.of(lines), List.of()));
    }

    private RevisionLook look(String command) {
        String text =
                "nightshift: 1\nname: p\ndatabase: {url: \"postgresql://m@h/d\"}\nbackup: none\nsteps:\n  - external: {name: up, "
                        + command + "}\n";
        PlanReading reading = PlanReader.read("plan.yaml", text, Path.of("/plans"));
        Plan plan = ((PlanReading.Accepted) reading).plan();
        ExternalStep step = (ExternalStep) plan.steps().get(0);
        return new RevisionLook(
                step,
                step.history().revisions().orElseThrow(),
                words -> Objects.requireNonNull(answers.get(words.get(words.size() - 1))));
    }

    private String problem(String command) {
        return look(command).problem().map(Explanation::toString).orElse("none");
    }

    @Test
    void one_head_and_a_known_revision_are_no_problem() {
        assertThat(problem("command: [alembic, upgrade, head]")).isEqualTo("none");
    }

    @Test
    void several_heads_are_refused_with_the_runbook() {
        prints("heads", 0, "27c6a30d7c24 (head)", "ae1027a6acf (shop, billing) (head)");

        assertThat(problem("command: [flask, db, upgrade]".replace("flask, db", "alembic")))
                .contains("2 heads, 27c6a30d7c24 and ae1027a6acf")
                .contains("runbooks/alembic-history.md");
        assertThat(problem("command: [alembic, upgrade, heads]")).isEqualTo("none");
        assertThat(problem("command: [alembic, upgrade, shop@head]")).isEqualTo("none");
    }

    @Test
    void a_head_that_nobody_reviewed_is_refused() {
        assertThat(problem("command: [alembic, upgrade, head], head: 1975ea83b712"))
                .contains("its files go up to 27c6a30d7c24, the plan's `head` is 1975ea83b712");
        assertThat(problem("command: [alembic, upgrade, head], head: 27c6a30d7c24"))
                .isEqualTo("none");
    }

    @Test
    void a_database_newer_than_the_files_is_refused() {
        prints("current", 255, "FAILED: Can't locate revision identified by 'ffff'");

        assertThat(problem("command: [alembic, upgrade, head]"))
                .contains("the database has a revision that its files do not have")
                .contains("'ffff'")
                .contains("runbooks/alembic-history.md");
    }

    @Test
    void a_history_that_cannot_be_read_is_refused_with_its_last_words() {
        prints("heads", 1, "Traceback", "  File env.py", "KeyError: 'DATABASE_URL'");

        assertThat(problem("command: [alembic, upgrade, head]"))
                .contains("alembic heads ended with exit status 1: KeyError: 'DATABASE_URL'");
    }

    @Test
    void the_revision_of_a_database_without_one_is_base() {
        prints("current", 0);
        assertThat(look("command: [alembic, upgrade, head]").current()).contains("base");
        prints("current", 0, "27c6a30d7c24 (head)");
        assertThat(look("command: [alembic, upgrade, head]").current()).contains("27c6a30d7c24");
        prints("current", 1);
        assertThat(look("command: [alembic, upgrade, head]").current()).isEmpty();
    }
}
