package dev.nightshift.http.token;

import dev.nightshift.plan.TokensReader;
import dev.nightshift.plan.TokensReading;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a file, as it was when it was last looked at and could be read. One that cannot be read any more leaves
 * the tokens as they were: a file that is just being written must lock nobody out.
 */
public final class TokenFile {

    private final Path file;
    private final Consumer<String> trouble;
    private volatile Bearers bearers = new Bearers(List.of());
    private @Nullable FileStamp seen;

    private TokenFile(Path file, Consumer<String> trouble) {
        this.file = file;
        this.trouble = trouble;
    }

    /**
     * Reads it.
     *
     * @param trouble told in one sentence when it cannot be read again later
     * @throws Permanent when it cannot be read now
     */
    public static TokenFile open(Path file, Consumer<String> trouble) {
        TokenFile tokens = new TokenFile(file, trouble);
        Optional<String> problem = tokens.readAgain();
        if (problem.isPresent()) {
            throw new Permanent(new Explanation(
                    problem.get(),
                    "reading the tokens of the API",
                    Explanation.NOTHING_CHANGED,
                    "make one with: nightshift token NAME --role viewer --tokens " + file));
        }
        return tokens;
    }

    /** From any thread. */
    public Bearers bearers() {
        return bearers;
    }

    /** Reads the file again if it is another than before; for a thread that may block, one at a time. */
    public void lookAgain() {
        readAgain().ifPresent(trouble);
    }

    private Optional<String> readAgain() {
        try {
            FileStamp now = FileStamp.of(file);
            if (now.equals(seen)) {
                return Optional.empty();
            }
            seen = now;
            TokensReading reading = TokensReader.read(file.toString(), Files.readString(file));
            if (!reading.problems().isEmpty()) {
                return Optional.of(reading.problems().get(0).toString());
            }
            bearers = new Bearers(reading.tokens());
            return Optional.empty();
        } catch (IOException e) {
            boolean told = seen == null && !bearers.tokens().isEmpty();
            seen = null;
            return told
                    ? Optional.empty()
                    : Optional.of("the tokens file " + file + " cannot be read: "
                            + e.getClass().getSimpleName());
        }
    }
}
