package dev.nightshift.guards.lint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Statements with the rule that must, or must not, flag them: {@code == RULE severity}, {@code flag | sql}. What runs them
 * stands behind an {@code @}, as in {@code flag @psql | sql}.
 */
record Examples(String rule, String severity, boolean flagged, Runner runner, String sql) {
    static List<Examples> read(String resource) {
        List<Examples> examples = new ArrayList<>();
        String[] head = {"", ""};
        for (String line : lines(resource)) {
            if (line.startsWith("== ")) {
                head = line.substring(3).split(" ", -1);
            } else if (line.startsWith("flag ") || line.startsWith("accept ")) {
                int bar = line.indexOf(" | ");
                String sql = line.substring(bar + 3).replace('⏎', '\n');
                examples.add(
                        new Examples(head[0], head[1], line.startsWith("flag"), runner(line.substring(0, bar)), sql));
            }
        }
        return examples;
    }

    private static Runner runner(String before) {
        int at = before.indexOf('@');
        return at < 0
                ? Runner.FLYWAY
                : Runner.valueOf(before.substring(at + 1).strip().toUpperCase(Locale.ROOT));
    }

    static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(Examples.class.getResourceAsStream(resource), resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return rule + (flagged ? " flags " : " accepts ") + sql;
    }
}
