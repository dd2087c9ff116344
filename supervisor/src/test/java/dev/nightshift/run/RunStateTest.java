package dev.nightshift.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunStateTest {

    @Test
    void every_pair_of_state_and_event_answers_as_the_table_says() throws IOException {
        try (var expected = RunStateTest.class.getResourceAsStream("state-table.txt")) {
            assertThat(expected).isNotNull();
            List<String> table = new String(expected.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(StateTable.lines()).containsExactlyElementsOf(table);
        }
    }

    @Test
    void the_table_tries_every_kind_of_event_and_every_state() {
        assertThat(StateTable.events().stream().map(RunEvent::kind).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(RunEvent.Kind.class));
        Set<Class<?>> tried = StateTable.states().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(tried).containsExactlyInAnyOrder(RunState.class.getPermittedSubclasses());
    }

    @Test
    void the_diagram_in_architecture_md_is_this_table() throws IOException {
        List<String> page = Files.readAllLines(architecture());
        int from = page.indexOf("stateDiagram-v2");
        assertThat(from).as("a line 'stateDiagram-v2' in ARCHITECTURE.md").isPositive();
        List<String> drawn = page.subList(from, page.subList(from, page.size()).indexOf("```") + from);
        assertThat(drawn).containsExactlyElementsOf(StateTable.diagram());
    }

    @Test
    void nothing_of_the_worker_may_commit_in_a_state_that_works_no_more() {
        for (RunState state : StateTable.states()) {
            for (RunEvent event : StateTable.events()) {
                Move move = state.on(event);
                boolean wasWorking = state instanceof Working || state instanceof Holding || state instanceof Backup;
                boolean stops = move.next() instanceof Aborting
                        || move.next() instanceof Failed
                        || move.next() instanceof Unclear;
                if (wasWorking && stops) {
                    assertThat(move.effects().get(0).name())
                            .as(state + " on " + event)
                            .startsWith("REVOKE_PERMIT");
                }
            }
        }
    }

    @Test
    void taking_over_repeats_what_the_state_needs_and_never_changes_where_the_work_is() {
        for (RunState state : StateTable.states()) {
            Move move = state.on(new RunEvent.TakenOver());
            assertThat(move.next()).isEqualTo(state instanceof Planned ? new Waiting(state.holders()) : state);
        }
    }

    private static Path architecture() {
        return Path.of("..", "ARCHITECTURE.md");
    }
}
