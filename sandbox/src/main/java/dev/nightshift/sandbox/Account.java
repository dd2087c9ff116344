package dev.nightshift.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose account the servers run under: PostgreSQL refuses root, so root steps down to another user, or, where it cannot,
 * into a user namespace without root.
 */
record Account(List<String> prefix, Optional<String> owner) {

    private static final String PROBE = "test -x \"$1\" && test -r \"$1\" && test -w \"$2\" && test -x \"$2\"";

    /** The first account that can run {@code program} and write in {@code directory}, which it owns afterwards. */
    static Account choose(Path program, Path directory) {
        if (!isRoot(directory)) {
            return new Account(List.of(), Optional.empty());
        }
        return candidates()
                .filter(account -> account.take(directory))
                .filter(account -> account.command("sh", "-c", PROBE, "probe", program.toString(), directory.toString())
                        .succeeds())
                .findFirst()
                .orElseThrow(() -> new SandboxFailed("PostgreSQL does not run as root, and neither user postgres nor"
                        + " nobody nor a user namespace (unshare -U) can run " + program + " in " + directory));
    }

    Command command(String... words) {
        return new Command(words(words));
    }

    List<String> words(String... words) {
        return Stream.concat(prefix.stream(), Stream.of(words)).toList();
    }

    /** Hands a file that this JVM wrote over to the account. */
    void own(Path path) {
        if (!take(path)) {
            throw new SandboxFailed("could not give " + path + " to user " + owner.orElse("root"));
        }
    }

    private boolean take(Path path) {
        try {
            if (owner.isPresent()) {
                var users = path.getFileSystem().getUserPrincipalLookupService();
                Files.setOwner(path, users.lookupPrincipalByName(owner.get()));
            }
            return true;
        } catch (UserPrincipalNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw new SandboxFailed("could not give " + path + " to user " + owner.orElse("root"), e);
        }
    }

    private static boolean isRoot(Path ownDirectory) {
        try {
            return Objects.equals(Files.getAttribute(ownDirectory, "unix:uid"), 0);
        } catch (IOException | UnsupportedOperationException e) {
            throw new SandboxFailed("could not see whose account this is", e);
        }
    }

    private static Stream<Account> candidates() {
        List<Account> accounts = new ArrayList<>();
        for (String user : List.of("postgres", "nobody")) {
            Optional<String> owner = Optional.of(user);
            ids(user)
                    .ifPresent(ids -> accounts.add(new Account(
                            List.of("setpriv", "--reuid=" + ids[0], "--regid=" + ids[1], "--clear-groups", "--"),
                            owner)));
            accounts.add(new Account(List.of("runuser", "-u", user, "--"), owner));
            accounts.add(new Account(List.of("su", user, "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--"), owner));
        }
        accounts.add(new Account(List.of("unshare", "-U"), Optional.of("root")));
        return accounts.stream()
                .filter(account -> Command.find(account.prefix.get(0)).isPresent());
    }

    private static Optional<String[]> ids(String user) {
        Command uid = Command.of("id", "-u", user);
        return uid.succeeds()
                ? Optional.of(
                        new String[] {uid.run(), Command.of("id", "-g", user).run()})
                : Optional.empty();
    }
}
