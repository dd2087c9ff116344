package dev.nightshift.cli;

import dev.nightshift.http.token.FileStamp;
import dev.nightshift.plan.PlanProblem;
import dev.nightshift.plan.ServeReader;
import dev.nightshift.plan.ServeReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The file of a standing supervisor's settings, read again when it is another than before or when somebody asks. */
final class SettingsFile {

    private final Path file;
    private final AtomicBoolean asked = new AtomicBoolean();
    private @Nullable FileStamp seen;
    private boolean gone;

    SettingsFile(Path file) {
        this.file = file;
    }

    /** As it is now. */
    ServeReading read() {
        try {
            seen = FileStamp.of(file);
        } catch (IOException e) {
            seen = null;
        }
        return ServeReader.read(file.toString(), PlanFile.text("the settings", file));
    }

    /** The next look reads it, changed or not. From any thread. */
    void ask() {
        asked.set(true);
    }

    /** Empty while it is as it was; for one thread at a time that may block. */
    Optional<ServeReading> changed() {
        try {
            boolean wanted = asked.getAndSet(false);
            FileStamp now = FileStamp.of(file);
            if (!wanted && now.equals(seen)) {
                return Optional.empty();
            }
            String text = Files.readString(file);
            seen = now;
            gone = false;
            return Optional.of(ServeReader.read(file.toString(), text));
        } catch (IOException e) {
            boolean told = gone;
            gone = true;
            seen = null;
            return told ? Optional.empty() : Optional.of(unreadable(e));
        }
    }

    private ServeReading unreadable(IOException e) {
        String what = "the settings cannot be read: " + e.getClass().getSimpleName();
        return new ServeReading(Optional.empty(), List.of(new PlanProblem(file.toString(), 1, 1, "", what)));
    }
}
