package dev.nightshift.postgres;

import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.Machine.Volume;
import dev.nightshift.guards.reading.ByteSize;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room where the server keeps its data, which only its own machine can see. */
final class ServerDisk {

    /** What a statement has to ask for this: hidden from a role that may not see settings, and true without a network. */
    static final String COLUMNS = """
            (SELECT g.setting FROM pg_settings g WHERE g.name = 'data_directory') AS data_directory,
            inet_server_addr() IS NULL OR inet_server_addr() = inet_client_addr() AS same_host""";

    private ServerDisk() {}

    /** Looks when the server says that it is reached without a network and its directory is here. */
    static Fact<Volume> of(Row server) {
        String directory = server.getString("data_directory");
        if (!server.getBoolean("same_host")) {
            return unknown("the server is on another machine");
        }
        if (directory == null) {
            return unknown("where the server keeps its data is hidden from this role");
        }
        Path data = Path.of(directory);
        try {
            return Files.isDirectory(data)
                    ? Fact.of(new Volume(
                            directory, new ByteSize(Files.getFileStore(data).getUsableSpace())))
                    : unknown("this machine has no readable " + directory);
        } catch (IOException e) {
            return unknown(directory + ": " + e.getMessage());
        }
    }

    private static Fact<Volume> unknown(String why) {
        return Fact.unknown(why, "look at the free space of the server's data and WAL volumes");
    }
}
