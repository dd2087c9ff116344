package dev.nightshift.guards.lint.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParserTest {
    private static final ParserPool PARSER = new ParserPool(2);

    private static Node tree(String sql) {
        return ((Parsed.Accepted) PARSER.parse(sql)).statements().get(0);
    }

    private static Parsed.Refused refused(String sql) {
        return (Parsed.Refused) PARSER.parse(sql);
    }

    @Test
    void the_file_is_the_one_that_was_checked() {
        ParserModule.checkSum();
        assertThat(ParserModule.bytes()).hasSize(1_717_872);
    }

    @Test
    void a_statement_becomes_a_tree() {
        Node alter = tree("ALTER TABLE shop.t ADD COLUMN a int");
        assertThat(alter.is("AlterTableStmt")).isTrue();
        assertThat(alter.node("relation").kind()).isEqualTo("RangeVar");
        assertThat(alter.node("relation").text("schemaname")).isEqualTo("shop");
        assertThat(alter.list("cmds").get(0).text("subtype")).isEqualTo("AT_AddColumn");
    }

    @Test
    void places_count_characters_behind_letters_of_several_bytes() {
        String sql = "SELECT 'é日🐘', foo";
        Node reference = tree(sql).all("ColumnRef").findFirst().orElseThrow();
        assertThat(reference.location()).isEqualTo(sql.indexOf("foo"));
        String wrong = "SELECT '日🐘' foo bar";
        assertThat(refused(wrong).at()).isEqualTo(wrong.indexOf("bar"));
    }

    @Test
    void errors_are_postgresqls_own_and_leave_the_parser_whole() {
        for (int i = 0; i < 20; i++) {
            assertThat(refused("SELEC " + i).message()).isEqualTo("syntax error at or near \"SELEC\"");
            assertThat(PARSER.parsePlpgsql("DO $$ BEGIN x y z; END $$")).isInstanceOf(Parsed.Refused.class);
            assertThat(tree("SELECT " + i).is("SelectStmt")).isTrue();
        }
    }

    @Test
    void eighteens_syntax_is_known() {
        assertThat(tree("ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID").is("AlterTableStmt"))
                .isTrue();
        assertThat(tree("CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a) VIRTUAL)")
                        .is("CreateStmt"))
                .isTrue();
    }

    @Test
    void a_long_sum_is_parsed_and_one_too_deep_refused_without_harm() {
        assertThat(tree("SELECT 1" + " || 'x'".repeat(3_000)).is("SelectStmt")).isTrue();
        assertThat(PARSER.parse("SELECT " + "(".repeat(100_000) + "1" + ")".repeat(100_000)))
                .isInstanceOf(Parsed.Refused.class);
        assertThat(tree("SELECT 1").is("SelectStmt")).isTrue();
    }

    @Test
    void many_texts_are_answered_in_order() {
        List<String> texts = IntStream.range(0, 450)
                .mapToObj(i -> "SELECT " + i + " AS c" + i)
                .toList();
        List<Parsed> answers = PARSER.parseAll(texts);
        for (int i = 0; i < texts.size(); i++) {
            Node select = ((Parsed.Accepted) answers.get(i)).statements().get(0);
            assertThat(select.list("targetList").get(0).text("name")).isEqualTo("c" + i);
        }
    }

    @Test
    void bodies_in_plpgsql_are_parsed() {
        Parsed parsed = PARSER.parsePlpgsql(
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM g(); RETURN NEW; END $$");
        assertThat(((Parsed.Accepted) parsed).statements().get(0).all("PLpgSQL_stmt_perform"))
                .hasSize(1);
    }

    @Test
    void trees_are_compared_without_their_places() {
        assertThat(tree("SELECT a + 1 FROM t").sameAs(tree("SELECT  a  +  1  FROM  t")))
                .isTrue();
        assertThat(tree("SELECT a + 1 FROM t").sameAs(tree("SELECT a + 2 FROM t")))
                .isFalse();
    }
}
