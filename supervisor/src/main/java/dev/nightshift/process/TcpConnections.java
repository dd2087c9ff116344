package dev.nightshift.process;

import dev.nightshift.worker.Tools.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The TCP connections of a process and all that it has started, as Linux shows them in {@code /proc}; none where there is no
 * such thing.
 */
final class TcpConnections {

    private static final Path PROC = Path.of("/proc");
    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
    private static final Pattern STAT = Pattern.compile("(?s)\\d+ \\(.*\\) \\S+ \\d+ \\d+ (\\d+) .*");
    private static final int WORD_BYTES = 4;

    private TcpConnections() {}

    static Set<Peer> of(ProcessHandle root) {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return Set.of();
        }
        Set<String> inodes =
                family(root).stream().flatMap(TcpConnections::sockets).collect(Collectors.toSet());
        if (inodes.isEmpty()) {
            return Set.of();
        }
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> lines(PROC.resolve("net").resolve(table)))
                .flatMap(line -> peer(line, inodes).stream())
                .collect(Collectors.toSet());
    }

    /** Its descendants, and whoever is in a session that one of them began. */
    private static Set<Long> family(ProcessHandle root) {
        Set<Long> family = root.descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
        Set<String> sessions = family.stream()
                .flatMap(pid -> session(pid).stream())
                .filter(session -> family.contains(Long.valueOf(session)))
                .collect(Collectors.toSet());
        if (!sessions.isEmpty()) {
            ProcessHandle.allProcesses()
                    .map(ProcessHandle::pid)
                    .filter(pid -> session(pid).filter(sessions::contains).isPresent())
                    .forEach(family::add);
        }
        return family;
    }

    private static Optional<String> session(long pid) {
        try {
            Matcher stat = STAT.matcher(
                    Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat")));
            return stat.matches() ? Optional.of(stat.group(1)) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static Stream<String> sockets(long pid) {
        Set<String> inodes = new HashSet<>();
        Path directory = PROC.resolve(Long.toString(pid)).resolve("fd");
        try (DirectoryStream<Path> open = Files.newDirectoryStream(directory)) {
            for (Path one : open) {
                Matcher socket = SOCKET.matcher(Files.readSymbolicLink(one).toString());
                if (socket.matches()) {
                    inodes.add(socket.group(1));
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException gone) {
            return inodes.stream();
        }
        return inodes.stream();
    }

    private static Stream<String> lines(Path table) {
        try {
            List<String> lines = Files.readAllLines(table);
            return lines.stream().skip(1);
        } catch (IOException none) {
            return Stream.empty();
        }
    }

    /** A line is {@code sl local_address rem_address st … inode}, addresses as words of the machine's byte order. */
    private static Optional<Peer> peer(String line, Set<String> inodes) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns.length < 10 || !inodes.contains(columns[9])) {
            return Optional.empty();
        }
        String[] local = columns[1].split(":", 2);
        return address(local[0]).map(text -> new Peer(text, Integer.parseInt(local[1], 16)));
    }

    private static Optional<String> address(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        boolean little = java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN;
        for (int i = 0; i < bytes.length; i++) {
            int word = i / WORD_BYTES * WORD_BYTES;
            int at = little ? word + WORD_BYTES - 1 - i % WORD_BYTES : i;
            bytes[at] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        try {
            // A server that listens on both shows IPv4 as it is; Java turns a mapped address into that too.
            return Optional.of(InetAddress.getByAddress(bytes).getHostAddress());
        } catch (java.net.UnknownHostException e) {
            return Optional.empty();
        }
    }
}
