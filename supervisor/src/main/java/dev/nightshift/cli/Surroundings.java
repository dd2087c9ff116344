package dev.nightshift.cli;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/**
 * Where a command runs: its streams, its environment, its person.
 *
 * @param terminal whether stdout is a terminal
 * @param unicode whether stdout can show more than ASCII
 * @param who {@code user@host}
 */
public record Surroundings(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        boolean terminal,
        boolean unicode,
        ZoneId zone,
        String who,
        Pulse pulse) {

    /** The launcher script says whether stdout is a terminal; asking costs more from inside a JVM. */
    static final String TERMINAL = "nightshift.terminal";

    /** Of this process. */
    public static Surroundings ofProcess() {
        boolean unicode = unicode(System.getenv());
        Charset charset = unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
        return new Surroundings(
                // Alone it asks a pipe for its position, and fails.
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
                System.getenv(),
                Boolean.getBoolean(TERMINAL),
                unicode,
                ZoneId.systemDefault(),
                System.getProperty("user.name") + "@" + host(System.getenv()),
                Pulse.ofMachine());
    }

    /** Whether colours may be used, unless the command line says no. */
    boolean colour() {
        return terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    private static boolean unicode(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return true;
    }

    private static String host(Map<String, String> environment) {
        String named = environment.getOrDefault("HOSTNAME", "");
        if (!named.isEmpty()) {
            return named;
        }
        try {
            return Files.readString(Path.of("/etc/hostname")).strip();
        } catch (IOException e) {
            return resolved();
        }
    }

    private static String resolved() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
