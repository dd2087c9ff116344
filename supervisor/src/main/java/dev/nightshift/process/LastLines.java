package dev.nightshift.process;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** What a process wrote last into the file that takes its output, without secrets of its environment. */
final class LastLines {

    private static final int MOST_BYTES = 4 << 10;
    private static final int MOST_LINES = 3;
    private static final int LONGEST = 200;

    private final File file;
    private final long from;
    private final Mask mask;

    private LastLines(File file, long from, Mask mask) {
        this.file = file;
        this.from = from;
        this.mask = mask;
    }

    /** Of a process that is about to be started. */
    static LastLines of(ProcessBuilder process) {
        File file = process.redirectOutput().file();
        return new LastLines(
                file == null ? new File("") : file, file == null ? 0 : file.length(), Mask.of(process.environment()));
    }

    /** In one line; empty when it wrote nothing. */
    String text() {
        List<String> lines = tail().lines()
                // The places of a stack trace say less than the line above them.
                .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                .map(line -> mask.of(line.strip()))
                .map(line -> line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…")
                .toList();
        return lines.stream().skip(Math.max(0, lines.size() - MOST_LINES)).collect(Collectors.joining(" · "));
    }

    private String tail() {
        try (RandomAccessFile reading = new RandomAccessFile(file, "r")) {
            long start = Math.max(from, reading.length() - MOST_BYTES);
            byte[] bytes = new byte[(int) Math.max(0, reading.length() - start)];
            reading.seek(start);
            reading.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
