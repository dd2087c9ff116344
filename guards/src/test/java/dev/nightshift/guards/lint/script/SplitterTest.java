package dev.nightshift.guards.lint.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.lint.script.Piece.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SplitterTest {
    private static final long SEED = 20261122;

    private static List<String> statements(String script) {
        return Splitter.split(script).all().stream()
                .filter(piece -> piece.kind() == Kind.STATEMENT)
                .map(Piece::text)
                .toList();
    }

    @Test
    void quotes_and_comments_hide_semicolons() {
        assertThat(
                        statements(
                                "SELECT 'a;''b', E'\\';', \"c;\"\"d\", U&'e;', $$f;$$, $x$g;$$;$x$ -- h;\n, /* i; /* j; */ k; */ 1; SELECT 2"))
                .hasSize(2);
    }

    @Test
    void an_escape_string_goes_on_over_a_line_break() {
        assertThat(statements("SELECT E'a'\n '\\';'; SELECT 2")).hasSize(2);
    }

    @Test
    void atomic_bodies_and_rules_stay_whole() {
        assertThat(
                        statements(
                                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3"))
                .hasSize(2);
        assertThat(statements("CREATE RULE r AS ON UPDATE TO v DO ALSO (DELETE FROM a; DELETE FROM b); SELECT 3"))
                .hasSize(2);
        assertThat(statements("BEGIN; CREATE TABLE a (b int); END; SELECT 1")).hasSize(4);
    }

    @Test
    void copy_data_is_one_piece_and_not_read() {
        List<Piece> pieces = Splitter.split("COPY t (a) FROM stdin WITH (FORMAT text);\n1;'\n\\N $$\n\\.\nSELECT 1;")
                .all();
        assertThat(pieces).extracting(Piece::kind).containsExactly(Kind.STATEMENT, Kind.COPY_DATA, Kind.STATEMENT);
    }

    @Test
    void copy_without_data_swallows_nothing() {
        assertThat(statements("COPY t FROM STDIN; SELECT 1; SELECT 2")).hasSize(3);
    }

    @Test
    void psql_commands_are_pieces_and_variables_are_names() {
        List<Piece> pieces = Splitter.split("\\set x 1\nSELECT :x, :'y', :\"z\", a::int, b[1:2] \\gexec\nSELECT 2")
                .all();
        assertThat(pieces)
                .extracting(Piece::kind)
                .containsExactlyInAnyOrder(
                        Kind.PSQL_COMMAND,
                        Kind.PSQL_VARIABLE,
                        Kind.PSQL_VARIABLE,
                        Kind.PSQL_VARIABLE,
                        Kind.STATEMENT,
                        Kind.PSQL_COMMAND,
                        Kind.STATEMENT);
        assertThat(statements("SELECT :x, :'y'")).containsExactly("SELECT _x,  'y'");
    }

    @Test
    void places_are_those_of_the_script() {
        String script = "-- é\nSELECT 1;\n  SELECT '𝒳', :v";
        Piece second = Splitter.split(script).all().stream()
                .filter(piece -> piece.text().contains("𝒳"))
                .findFirst()
                .orElseThrow();
        LineMap lines = new LineMap(script);
        assertThat(lines.line(second.start())).isEqualTo(3);
        assertThat(lines.column(second.start())).isEqualTo(3);
        assertThat(lines.column(script.indexOf(":v"))).isEqualTo(15);
    }

    @Test
    void plain_inserts_of_one_shape_are_one_text() {
        assertThat(PlainInsert.shape("INSERT INTO t (a) VALUES (1, 'x;''y'), (-2.5, NULL)"))
                .isEqualTo(PlainInsert.shape("INSERT INTO t (a) VALUES (E'\\'', true)"))
                .contains("INSERT INTO t (a) VALUES (NULL)");
        assertThat(PlainInsert.shape("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING"))
                .contains("INSERT INTO t VALUES (NULL) ON CONFLICT DO NOTHING");
        assertThat(PlainInsert.shape("INSERT INTO t VALUES (f(1))")).isEmpty();
        assertThat(PlainInsert.shape("INSERT INTO t VALUES (1,,2)")).isEmpty();
        assertThat(PlainInsert.shape("INSERT INTO t VALUES (1")).isEmpty();
        assertThat(PlainInsert.shape("INSERT INTO t SELECT 1")).isEmpty();
    }

    @Test
    void what_was_joined_is_cut_again() {
        List<String> parts = List.of(
                "SELECT 1",
                "SELECT ';'",
                "SELECT $a$;$b$;$a$",
                "SELECT \";\"",
                "/* ; */ SELECT 2",
                "SELECT E'\\';'",
                "SELECT (1)",
                "SELECT a -- ;\n + 1",
                "DO $$ BEGIN NULL; END $$");
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            List<String> wanted = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                wanted.add(parts.get(random.nextInt(parts.size())));
            }
            assertThat(statements(String.join("; ", wanted)))
                    .as("seed %d, round %d", SEED, round)
                    .hasSize(wanted.size());
        }
    }

    @Test
    void any_text_is_taken_apart_without_loss_or_overlap() {
        String[] fragments = {
            "'",
            "\"",
            "$$",
            "$a$",
            "$1",
            "--",
            "\n",
            "/*",
            "*/",
            ";",
            "(",
            ")",
            "[",
            "]",
            ":",
            "::",
            ":x",
            "\\",
            "\\.",
            "\\.\n",
            "E'",
            "U&'",
            "COPY t FROM stdin;\n",
            "begin atomic",
            "create function ",
            "end",
            "é",
            "🐘",
            " ",
            "select",
            "${x}",
            "${",
            "1.5e",
            "\\;",
            "\\g",
            "insert into t values (",
            "\0"
        };
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder script = new StringBuilder();
            for (int i = 0; i < random.nextInt(30); i++) {
                script.append(fragments[random.nextInt(fragments.length)]);
            }
            check(script.toString(), round);
        }
    }

    private static void check(String script, int round) {
        LineMap lines = new LineMap(script);
        int end = 0;
        for (Piece piece : Splitter.split(script).all()) {
            if (piece.kind() == Kind.STATEMENT) {
                assertThat(piece.text())
                        .as("seed %d, round %d: %s", SEED, round, script)
                        .hasSize(piece.end() - piece.start());
                assertThat(piece.start())
                        .as("seed %d, round %d: %s", SEED, round, script)
                        .isGreaterThanOrEqualTo(end);
                end = piece.end();
                PlainInsert.shape(piece.text());
            }
            assertThat(lines.column(piece.start())).isPositive();
        }
    }
}
