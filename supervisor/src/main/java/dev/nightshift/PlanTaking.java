package dev.nightshift;

import dev.nightshift.http.api.Book;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Transient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Has a plan that came through the API looked at and submitted by a child process: a supervisor that lives for months
 * never loads the parser and its 128 MiB.
 */
record PlanTaking(ChildProcess program) {

    private static final long PATIENCE_SECONDS = 60;

    /** The document that the child prints, whatever it says; for a thread that may block. */
    String take(Book.Entry entry) {
        try {
            Path said = Files.createTempFile("nightshift-", ".json");
            try {
                return take(entry, said);
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            throw failed("cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted");
        }
    }

    private String take(Book.Entry entry, Path said) throws IOException, InterruptedException {
        Process child = program.planTaker(entry.priority(), entry.again(), entry.by(), entry.from())
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            try (OutputStream in = child.getOutputStream()) {
                in.write(entry.text().getBytes(StandardCharsets.UTF_8));
            }
            if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw failed("takes longer than " + PATIENCE_SECONDS + " seconds");
            }
            if (child.exitValue() != 0) {
                throw failed("ended with " + child.exitValue());
            }
            return Files.readString(said);
        } finally {
            child.destroyForcibly();
        }
    }

    private static Transient failed(String how) {
        return new Transient(new Explanation(
                "the process that looks at the plan " + how,
                "submitting the plan",
                "the plan may have been submitted",
                "submit it again: the same text is answered with the run that there is"));
    }
}
