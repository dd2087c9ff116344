package dev.nightshift.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Freezes, thaws and kills processes of this machine, as faults do. */
public final class Processes {
    private Processes() {}

    /** SIGSTOP: the process keeps its sockets and its memory and does nothing. */
    public static void freeze(long pid) {
        signal("STOP", List.of(pid));
    }

    /** SIGCONT. */
    public static void thaw(long pid) {
        signal("CONT", List.of(pid));
    }

    /** SIGKILL, and waits until the process is gone. */
    public static void kill(long pid) {
        signal("KILL", List.of(pid));
        awaitGone(pid);
    }

    /** SIGTERM, without waiting. */
    public static void terminate(long pid) {
        signal("TERM", List.of(pid));
    }

    /** SIGHUP, without waiting. */
    public static void hangUp(long pid) {
        signal("HUP", List.of(pid));
    }

    public static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    static void awaitGone(long pid) {
        Await.until("process " + pid + " is gone", Duration.ofSeconds(20), () -> !alive(pid));
    }

    /** The process and all that it started, itself first. */
    static List<Long> family(long pid) {
        Stream<Long> children = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid);
        return Stream.concat(Stream.of(pid), children).toList();
    }

    /** Sends one signal to all; those that are already gone do not matter. */
    static void signal(String name, List<Long> pids) {
        StringBuilder script = new StringBuilder();
        pids.forEach(pid ->
                script.append("kill -s ").append(name).append(' ').append(pid).append("; "));
        Command.of("sh", "-c", script + "true").run();
    }
}
