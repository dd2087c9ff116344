package dev.nightshift.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The files of one server: made new, copied from a running one, and configured. */
record DataDirectory(Account account, Path path) {

    private static final List<String> NOT_COPIED = List.of(
            "postmaster.pid",
            "postmaster.opts",
            "pg_wal/*",
            "pg_replslot/*",
            "pg_stat_tmp/*",
            "pg_subtrans/*",
            "pg_notify/*",
            "pg_serial/*",
            "pg_snapshots/*",
            "pg_dynshmem/*");

    void initialise(Binaries binaries, String password) {
        Path secret = write(path.resolveSibling("password"), password);
        try {
            // Without fsync: nothing here has to outlive this machine's power.
            account.command(
                            binaries.directory().resolve("initdb").toString(),
                            "-D",
                            path.toString(),
                            "-U",
                            Cluster.SUPERUSER,
                            "--pwfile=" + secret,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--no-locale",
                            "--no-sync",
                            "--no-instructions")
                    .run();
        } finally {
            delete(secret);
        }
        write(path.resolve("pg_hba.conf"), """
                host replication %s 127.0.0.1/32 scram-sha-256
                host all         all 127.0.0.1/32 scram-sha-256
                """.formatted(Cluster.REPLICATOR));
    }

    /**
     * Copies the files of a running server as pg_basebackup would, which need not be there: between the start and the
     * stop of a backup that the caller makes. The WAL comes over the replication connection.
     */
    void copyFrom(DataDirectory source) {
        account.command("sh", "-c", "rm -rf \"$0\" && mkdir -m 700 \"$0\"", path.toString())
                .run();
        String excluded =
                NOT_COPIED.stream().map(name -> " --exclude='./" + name + "'").collect(Collectors.joining());
        // Exit status 1 of tar is a file that changed or went while it was read, which the WAL puts right.
        String script = "{ tar -C \"$0\"" + excluded + " -cf - . || [ $? = 1 ] || echo no >\"$1/incomplete\"; }"
                + " 2>/dev/null | tar -C \"$1\" -xf - && [ ! -e \"$1/incomplete\" ] && mkdir -p \"$1/pg_wal/archive_status\"";
        account.command("sh", "-c", script, source.path.toString(), path.toString())
                .run();
    }

    void configure(Map<String, String> settings) {
        String lines = new TreeMap<>(settings)
                .entrySet().stream()
                        .map(setting ->
                                setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'\n")
                        .collect(Collectors.joining());
        write(path.resolve("postgresql.conf"), lines);
    }

    Path write(Path file, String text) {
        try {
            Files.writeString(file, text);
            account.own(file);
            return file;
        } catch (IOException e) {
            throw new SandboxFailed("could not write " + file, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new SandboxFailed("could not delete " + file, e);
        }
    }
}
