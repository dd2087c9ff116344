package dev.nightshift.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of cells under a head; the first column is text, the others are figures. */
public record Table(List<String> head, List<List<String>> rows) {

    public Table {
        head = List.copyOf(head);
        rows = List.copyOf(rows);
    }

    /** For a terminal: columns as wide as they have to be. */
    public String text() {
        List<List<String>> all = new ArrayList<>(List.of(head));
        all.addAll(rows);
        int[] widths = IntStream.range(0, head.size())
                .map(column -> all.stream()
                        .filter(row -> column < row.size())
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> {
                    String cell = row.get(column);
                    String space = " ".repeat(Math.max(0, widths[column] - cell.length()));
                    return column == 0 ? cell + space : space + cell;
                })
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    public String markdown() {
        String rule = IntStream.range(0, head.size())
                .mapToObj(column -> column == 0 ? "---" : "---:")
                .collect(Collectors.joining(" | ", "| ", " |\n"));
        return cells(head) + rule + rows.stream().map(Table::cells).collect(Collectors.joining());
    }

    private static String cells(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
