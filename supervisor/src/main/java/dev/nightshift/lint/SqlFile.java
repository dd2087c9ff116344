package dev.nightshift.lint;

import dev.nightshift.guards.lint.Runner;
import dev.nightshift.guards.lint.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file of SQL, read when its turn has come and not kept.
 *
 * @param name how reports name it
 * @param path empty = standard input
 * @param undoDeclared whether a down script stands beside it
 */
public record SqlFile(String name, Optional<Path> path, boolean undoDeclared) {

    static final String STDIN = "stdin";

    private static final String CONFIGURATION = ".conf";

    static SqlFile stdin() {
        return new SqlFile(STDIN, Optional.empty(), false);
    }

    /** @param beside the files among which its down script is looked for */
    static SqlFile of(String name, Path path, List<Path> beside) {
        return new SqlFile(name, Optional.of(path), FlywayName.hasUndo(path, beside));
    }

    /** Whether it undoes others, so that it is no part of the way forward. */
    public boolean undoes() {
        return path.map(FlywayName::undoes).orElse(false);
    }

    /** Its text as a script that {@code runner} runs; fails with {@link Unreadable}. */
    public Script read(Runner runner, InputStream stdin) {
        Script bare = Script.of(name, text(stdin)).runBy(runner);
        Script script = undoDeclared ? bare.withUndo() : bare;
        Optional<Boolean> wrapped = runner == Runner.FLYWAY ? executeInTransaction() : Optional.empty();
        return wrapped.map(script::inTransaction).orElse(script);
    }

    private String text(InputStream stdin) {
        try {
            byte[] bytes = path.isPresent() ? Files.readAllBytes(path.get()) : stdin.readAllBytes();
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (IOException e) {
            throw new Unreadable(name + " cannot be read: " + why(e));
        }
    }

    /** What Flyway's script configuration beside the file says of its transaction. */
    private Optional<Boolean> executeInTransaction() {
        Optional<Path> file =
                path.map(p -> p.resolveSibling(p.getFileName() + CONFIGURATION)).filter(Files::isRegularFile);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(file.get()).stream()
                    .map(line -> line.replaceAll("\\s", ""))
                    .filter(line -> line.startsWith("executeInTransaction="))
                    .map(line -> Boolean.parseBoolean(line.substring(line.indexOf('=') + 1)))
                    .findFirst();
        } catch (IOException e) {
            throw new Unreadable(file.get() + " cannot be read: " + why(e));
        }
    }

    static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "this user may not read it";
        }
        return e instanceof CharacterCodingException
                ? "it is not UTF-8 text"
                : e.getClass().getSimpleName();
    }
}
