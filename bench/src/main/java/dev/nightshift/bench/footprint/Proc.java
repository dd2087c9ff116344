package dev.nightshift.bench.footprint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Memory and processor time of a process and its children, as the system counts them. */
final class Proc {

    private Proc() {}

    /** Resident bytes of the process alone; 0 where the system does not tell. */
    static long resident(ProcessHandle process) {
        return status(process, "VmRSS:");
    }

    /** The most that it has had resident so far. */
    static long mostResident(ProcessHandle process) {
        return status(process, "VmHWM:");
    }

    static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static long status(ProcessHandle process, String line) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(text -> text.startsWith(line))
                    .mapToLong(text -> Long.parseLong(text.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }
}
