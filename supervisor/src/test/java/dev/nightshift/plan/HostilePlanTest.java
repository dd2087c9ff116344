package dev.nightshift.plan;

import static dev.nightshift.plan.Plans.SMALL;
import static dev.nightshift.plan.Plans.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HostilePlanTest {

    @Test
    void nothing_is_no_plan() {
        assertThat(problems("")).containsExactly("plan.yaml:1:1: plan: expected YAML, found nothing");
        assertThat(problems("# a comment\n")).containsExactly("plan.yaml:1:1: plan: expected YAML, found nothing");
    }

    @Test
    void a_list_or_a_word_is_no_plan() {
        String expected = "expected a mapping with `nightshift: 1`, `name`, `backup` and `steps`, found ";
        assertThat(problems("[a, b]")).containsExactly("plan.yaml:1:1: plan: " + expected + "a list");
        assertThat(problems("\n  hello")).containsExactly("plan.yaml:2:3: plan: " + expected + "'hello'");
    }

    @Test
    void two_documents_are_no_plan() {
        assertThat(problems(SMALL + "---\n" + SMALL))
                .containsExactly("plan.yaml:7:1: plan: expected one YAML document in the file, found a second");
    }

    @Test
    void a_tab_is_named_at_its_place() {
        assertThat(problems(SMALL + "guards:\n\tslots: {}\n"))
                .containsExactly("plan.yaml:8:1: plan: expected YAML, found a tab where YAML takes spaces only");
    }

    @Test
    void yaml_that_is_not_closed_is_named_at_its_place() {
        assertThat(problems("nightshift: 1\nname: [a"))
                .singleElement()
                .asString()
                .startsWith("plan.yaml:2:9: plan: expected YAML, ");
    }

    @Test
    void deep_nesting_is_refused_without_building_it() {
        assertThat(problems("[".repeat(200_000)))
                .containsExactly("plan.yaml:1:21: plan: expected at most 20 levels of nesting, found more");
        StringBuilder stairs = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            stairs.append(" ".repeat(i)).append("a:\n");
        }
        assertThat(problems(stairs.toString()))
                .containsExactly("plan.yaml:21:21: plan: expected at most 20 levels of nesting, found more");
    }

    @Test
    void aliases_are_refused_without_following_them() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(problems(bomb.toString()))
                .hasSize(12 + 110)
                .contains("plan.yaml:1:5: plan: expected each value where it belongs, found a YAML anchor")
                .contains("plan.yaml:2:10: plan: expected each value where it belongs, found a YAML alias");
        assertThat(problems("&a [*a]")).hasSize(2);
    }

    @Test
    void tags_are_refused() {
        assertThat(problems(SMALL.replace("none", "!!java.net.URL none")))
                .containsExactly("plan.yaml:4:9: plan: expected a value without a YAML tag, found one");
    }

    @Test
    void binary_is_named_at_its_place() {
        assertThat(problems("name: a\u0000b"))
                .containsExactly("plan.yaml:1:8: plan: expected text, found a control character");
        assertThat(problems("nightshift: 1\nname: \u0007"))
                .containsExactly("plan.yaml:2:7: plan: expected text, found a control character");
        assertThat(problems("nightshift: 1\nname: gr\uFFFDn"))
                .containsExactly("plan.yaml:2:9: plan: expected UTF-8 text, found bytes that are none");
        assertThat(problems("\uD800")).hasSize(1);
    }

    @Test
    void a_huge_file_is_refused_unread() {
        assertThat(problems("a".repeat(10_000_000)))
                .containsExactly("plan.yaml:1:1: plan: expected at most 262144 characters, found 10000000");
    }

    @Test
    void many_problems_take_no_time() {
        StringBuilder plan = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            plan.append("k").append(i).append(":\n");
        }

        long start = System.nanoTime();
        assertThat(problems(plan.toString())).hasSize(30_004 + 1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void a_long_expression_takes_no_time() {
        String expression = "(".repeat(50_000) + "1" + ")".repeat(50_000);
        String plan = SMALL.replace("SELECT true", "\"SELECT " + expression + "\"");

        assertThat(Plans.accepted(plan).steps()).hasSize(1);
        assertThat(problems(plan.replace("))", ") )").replaceFirst("\\(", ""))).hasSize(1);
    }

    @Test
    void messages_stay_on_one_line_of_printable_text() {
        String plan = SMALL.replace("name: small", "\"na\\nme\\e[31m\": \"x\"");

        assertThat(problems(plan))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_do_no_harm() {
        assertThat(Plans.accepted("\uFEFF" + SMALL).name()).isEqualTo("small");
        assertThat(Plans.accepted(SMALL.replace("\n", "\r\n")).name()).isEqualTo("small");
    }
}
