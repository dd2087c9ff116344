package dev.nightshift.cli;

import dev.nightshift.plan.ApiToken;
import dev.nightshift.plan.Role;
import dev.nightshift.plan.TokensReader;
import dev.nightshift.plan.TokensReading;
import dev.nightshift.run.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Makes a token for the API: the secret is printed once, and only its hash is kept. */
@Command(
        name = "token",
        description = {
            "Make a token for the API of `nightshift serve`, and print it: it is shown this once.",
            "Only its hash goes into the tokens file; without --tokens the line for it is printed too."
        })
final class TokenCommand extends Verb {

    @Parameters(paramLabel = "NAME", description = "Whose it is: a person or a program; stored with what it asks for.")
    private String name = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "viewer|operator|approver",
            converter = RoleWord.class,
            description =
                    "A viewer reads; an operator also pauses, resumes, aborts, retries; an approver also approves.")
    private Role role = Role.VIEWER;

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description = "Append the line to this file, which the settings name as api.tokens.")
    private @Nullable Path tokens;

    TokenCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK);
    }

    @Override
    ExitCode carryOut() {
        String secret = ApiToken.secret(new SecureRandom());
        ApiToken token = token(secret);
        Path file = tokens;
        if (file == null) {
            shell().say("put this line into the tokens file:");
            shell().say(token.line());
        } else {
            append(file, token);
            shell().say("the token of " + name + ", role " + role.word() + ", is in " + file
                    + " now; `serve` sees that within seconds");
        }
        shell().data(secret);
        return ExitCode.OK;
    }

    private ApiToken token(String secret) {
        try {
            return new ApiToken(name, role, ApiToken.hash(secret));
        } catch (IllegalArgumentException e) {
            throw Shell.usage(
                    String.valueOf(e.getMessage()), "name a person or a program, such as ann or alertmanager");
        }
    }

    private static void append(Path file, ApiToken token) {
        try {
            String before = Files.exists(file) ? Files.readString(file) : "";
            refuseIfKnown(file, before, token);
            if (before.isEmpty()) {
                Files.deleteIfExists(file);
                createPrivate(file);
            }
            String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
            Files.writeString(file, gap + token.line() + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw Refusal.usage(new Explanation(
                    "the tokens file " + file + " cannot be written: "
                            + e.getClass().getSimpleName(),
                    "adding a token",
                    Explanation.NOTHING_CHANGED,
                    "name a file that this user may write"));
        }
    }

    private static void refuseIfKnown(Path file, String before, ApiToken token) {
        if (before.isBlank()) {
            return;
        }
        TokensReading reading = TokensReader.read(file.toString(), before);
        if (!reading.problems().isEmpty()) {
            throw Shell.usage(reading.problems().get(0).toString(), "put the file right first");
        }
        if (reading.tokens().stream().anyMatch(one -> one.name().equals(token.name()))) {
            throw Shell.usage(
                    file + " has a token of " + token.name() + " already",
                    "take its line out first: who has the old one can do nothing from then on");
        }
    }

    private static void createPrivate(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    /** Reads a role's word. */
    static final class RoleWord implements ITypeConverter<Role> {
        @Override
        public Role convert(String text) {
            return Arrays.stream(Role.values())
                    .filter(role -> role.word().equals(text))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException("expected viewer, operator or approver, found '" + text + "'"));
        }
    }
}
