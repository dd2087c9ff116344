package dev.nightshift.guards.lint;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Scripts that nobody would write: statements of the corpus, spliced, cut and with scraps in them; or nothing but scraps. */
final class Mutations {
    private static final List<String> SCRAPS = List.of(
            ";",
            "'",
            "\"",
            "$$",
            "$a$",
            "$",
            "E'",
            "e'\\",
            "U&'",
            "U&\"",
            "--",
            "/*",
            "*/",
            "/* /*",
            "\n",
            "\r\n",
            "\t",
            "\\",
            "\\.",
            "\n\\.\n",
            "\\;",
            "\n\\if",
            ":",
            "::",
            ":'",
            ":\"",
            ":x",
            ":{?",
            "${",
            "}",
            "[",
            "]",
            "(",
            ")",
            ",",
            ".",
            "*",
            "=",
            "0",
            "1e9",
            "1_",
            "0x",
            "9223372036854775808",
            "99999999999999999999",
            "\0",
            "\uFEFF",
            "\uFFFD",
            "\uD83D\uDE00",
            "\uD83D",
            "ä",
            "NULL",
            "BEGIN",
            "COMMIT",
            "ROLLBACK TO a",
            "SAVEPOINT a",
            "END",
            "ATOMIC",
            "CASE",
            "DO",
            "AS",
            "LANGUAGE plpgsql",
            "EXECUTE ",
            "CREATE",
            "TABLE",
            "ALTER TABLE t",
            "COPY t FROM STDIN;\n1\t2\n",
            "INSERT INTO t VALUES (1, 'a')",
            "SET lock_timeout = ",
            "VACUUM",
            "format('%I%%%s', ",
            "CONCURRENTLY",
            "-- nightshift:allow ",
            "-- nightshift:no-transaction\n",
            "because x\n",
            "DO $$ BEGIN ",
            " END $$",
            "PREPARE p AS ",
            "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ",
            "SELECT f()",
            "    ");

    private final Random random;
    private final List<String> corpus;

    Mutations(long seed) {
        random = new Random(seed);
        corpus = Stream.of("examples.txt", "variants.txt")
                .flatMap(file -> Examples.read(file).stream())
                .map(Examples::sql)
                .toList();
    }

    String next() {
        String script = random.nextInt(8) == 0 ? soup() : spliced();
        for (int edits = random.nextInt(6); edits > 0; edits--) {
            script = edit(script);
        }
        return script;
    }

    private String soup() {
        StringBuilder soup = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            soup.append(pick(SCRAPS)).append(random.nextBoolean() ? " " : "");
        }
        return soup.toString();
    }

    private String spliced() {
        StringBuilder script = new StringBuilder(pick(corpus));
        for (int i = random.nextInt(3); i > 0; i--) {
            script.append(random.nextInt(5) == 0 ? " " : ";\n").append(pick(corpus));
        }
        return script.toString();
    }

    private String edit(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(1 + random.nextInt(30)));
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + pick(SCRAPS) + text.substring(from);
            case 2 -> text.substring(0, from) + pick(SCRAPS) + text.substring(to);
            case 3 -> text.substring(0, to) + text.substring(from, to) + text.substring(to);
            case 4 -> text.substring(0, from) + (char) random.nextInt(0x300) + text.substring(from);
            default -> text.substring(0, from);
        };
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
