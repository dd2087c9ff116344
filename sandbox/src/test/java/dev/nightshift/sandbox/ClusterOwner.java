package dev.nightshift.sandbox;

import java.io.IOException;

/** A program that owns a cluster until somebody kills it. */
final class ClusterOwner {
    private ClusterOwner() {}

    /** Prints the directory and the process ids of the servers, then waits for ever. */
    public static void main(String[] args) throws IOException {
        Cluster cluster = Cluster.start(ClusterSettings.withStandbys("standby-a"));
        System.out.println(cluster.directory());
        System.out.println(cluster.primary().pid());
        System.out.println(cluster.standby("standby-a").pid());
        if (args.length > 0 && args[0].equals("frozen")) {
            cluster.standby("standby-a").freeze();
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {}
    }
}
