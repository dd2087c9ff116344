package dev.nightshift.backup;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which dumps nobody needs any more. The backup of a run that did not succeed is the way back, and the newest verified one
 * of each plan is what a next run may rest on: both stay, however old they are.
 *
 * @param keep how many of the newest of each plan stay besides
 * @param olderThan younger ones stay
 */
public record Pruning(int keep, Duration olderThan) {

    public Pruning {
        if (keep < 1) {
            throw new IllegalArgumentException("expected to keep 1 or more, found " + keep);
        }
        if (olderThan.isNegative()) {
            throw new IllegalArgumentException("expected an age of zero or more, found " + olderThan);
        }
    }

    /**
     * A backup and the run that it is of.
     *
     * @param succeeded whether that run did what it was to do
     */
    public record OfRun(KeptBackup backup, String plan, boolean succeeded) {}

    /**
     * What is to become of a backup.
     *
     * @param stays why it stays; empty when it goes
     */
    public record Fate(KeptBackup backup, Optional<String> stays) {}

    /** One fate for each that has files or is kept elsewhere, the newest first. */
    public List<Fate> of(List<OfRun> all) {
        return of(all, backup -> Files.isDirectory(backup.directory()));
    }

    List<Fate> of(List<OfRun> all, Predicate<KeptBackup> isHere) {
        Map<String, Integer> newer = new HashMap<>();
        List<Fate> fates = new ArrayList<>();
        all.stream()
                .filter(one ->
                        hasFiles(one.backup()) && one.backup().servesFrom().isEmpty())
                .sorted(Comparator.comparing((OfRun one) -> one.backup().startedAt())
                        .reversed())
                .forEach(one -> {
                    int before = newer.getOrDefault(one.plan(), 0);
                    fates.add(new Fate(one.backup(), stays(one, before, all, isHere)));
                    if (one.backup().state() == KeptBackup.State.VERIFIED) {
                        newer.put(one.plan(), before + 1);
                    }
                });
        return fates;
    }

    private static boolean hasFiles(KeptBackup backup) {
        return backup.state() == KeptBackup.State.VERIFIED || backup.state() == KeptBackup.State.OUTDATED;
    }

    private Optional<String> stays(OfRun one, int newer, List<OfRun> all, Predicate<KeptBackup> isHere) {
        KeptBackup backup = one.backup();
        Optional<String> needed = all.stream()
                .filter(other -> !other.succeeded()
                        && other.backup().state() == KeptBackup.State.VERIFIED
                        && other.backup().location().equals(backup.location()))
                .map(other -> "run " + other.backup().run() + " has not succeeded: it is the way back")
                .findFirst();
        if (needed.isPresent()) {
            return needed;
        }
        if (newer < keep && backup.state() == KeptBackup.State.VERIFIED) {
            return Optional.of(
                    newer == 0
                            ? "the newest verified one of plan " + one.plan()
                            : "one of the " + keep + " newest of plan " + one.plan());
        }
        if (backup.age().compareTo(olderThan) < 0) {
            return Optional.of("younger than " + olderThan.toHours() + " h");
        }
        if (backup.kind() != KeptBackup.Kind.DUMP) {
            return Optional.of("it is kept elsewhere: delete it there (docs/backups.md)");
        }
        return isHere.test(backup) ? Optional.empty() : Optional.of("its files are not on this machine");
    }
}
