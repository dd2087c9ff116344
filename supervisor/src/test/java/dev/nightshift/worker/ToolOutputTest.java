package dev.nightshift.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A tool that prints without end must not fill the journal. */
class ToolOutputTest {

    @Test
    void the_beginning_and_the_end_are_told_whatever_comes_between() {
        ToolOutput output = new ToolOutput();
        StringBuilder told = new StringBuilder();
        for (int line = 0; line < 200_000; line++) {
            output.line("line " + line);
            told.append(output.piece(line)).append(line % 1_000 == 0 ? "\n" : "");
        }
        told.append('\n').append(output.rest());

        assertThat(told.toString().lines()).contains("line 0", "line 199999");
        assertThat(told.length()).isLessThan(4 * ToolOutput.KEPT);
        assertThat(told.toString()).containsPattern("… \\d+ lines left out");
    }

    @Test
    void nothing_is_left_out_of_little() {
        ToolOutput output = new ToolOutput();
        output.line("one");
        output.line("");
        output.line("two ");

        assertThat(output.piece(0)).isEqualTo("one\n\ntwo");
        assertThat(output.piece(10_000)).isEmpty();
        assertThat(output.last()).isEqualTo("two");
    }

    @Test
    void pieces_come_two_seconds_apart_and_the_rest_at_the_end() {
        ToolOutput output = new ToolOutput();
        output.line("one");
        assertThat(output.piece(0)).isEqualTo("one");
        output.line("two");

        assertThat(output.piece(1_999)).isEmpty();
        assertThat(output.rest()).isEqualTo("two");
    }

    @Test
    void a_line_without_end_is_cut() {
        ToolOutput output = new ToolOutput();
        output.line("x".repeat(1_000_000));

        assertThat(output.rest()).hasSizeLessThan(1_100).endsWith("…");
    }
}
