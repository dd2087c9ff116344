package dev.nightshift.guards.guard;

import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.DeclaredReplicas.Mode;
import dev.nightshift.guards.guard.ReplicaSet.Pinning;
import dev.nightshift.guards.reading.ReplicaRow;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.SlotRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Holds what a plan declares against what the primary shows, once, and collects everything that does not fit. */
final class Pinner {
    private final List<Sample> samples;
    private final Sample newest;
    private final DeclaredReplicas declared;
    private final Set<String> waived;
    private final List<ReplicaRow> rows;
    private final List<PinnedReplica> pinned = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Pinner(List<Sample> samples, DeclaredReplicas declared, Set<String> waived) {
        this.samples = samples;
        this.newest = samples.get(samples.size() - 1);
        this.declared = declared;
        this.waived = waived;
        this.rows = newest.replicas().stream()
                .filter(row -> !"backup".equals(row.state()))
                .toList();
    }

    Pinning pin() {
        refuseWhatCannotBeTold();
        Map<String, ReplicaRow> left = byIdentity();
        for (Declared one : declared.named()) {
            take(one, left);
        }
        left.values().forEach(this::classify);
        if (declared.mode() == Mode.DISCOVER && pinned.isEmpty() && problems.isEmpty()) {
            problems.add("no replica is connected; if there is none, say so: `replicas: none`");
        }
        Map<String, ReplicaClass> slots = slots();
        boolean none = declared.mode() == Mode.NONE;
        return new Pinning(new ReplicaSet(newest.server(), pinned, slots, none, notes), problems);
    }

    private void refuseWhatCannotBeTold() {
        if (newest.server().inRecovery()) {
            problems.add(newest.server().address() + " is a standby; a run needs the primary");
        }
        if (rows.stream().anyMatch(row -> row.state() == null)) {
            problems.add("the state of the replicas is hidden from this role; it needs pg_monitor");
        }
    }

    /** The walsenders by what tells them apart; two with the same identity cannot be told apart. */
    private Map<String, ReplicaRow> byIdentity() {
        Map<String, ReplicaRow> left = new LinkedHashMap<>();
        for (ReplicaRow row : rows) {
            String identity = (row.slot() != null ? "slot " + row.slot() : row.name() + " from " + address(row))
                    + (row.upstream() == null ? "" : " behind " + row.upstream());
            if (left.putIfAbsent(identity, row) != null) {
                problems.add("two replicas are both " + identity
                        + "; give each its own slot or application_name, so that one missing is noticed");
            }
        }
        return left;
    }

    private void take(Declared one, Map<String, ReplicaRow> left) {
        List<Map.Entry<String, ReplicaRow>> matching = left.entrySet().stream()
                .filter(entry -> Objects.equals(one.upstream(), entry.getValue().upstream()))
                .filter(entry -> one.name().equals(entry.getValue().slot())
                        || one.name().equals(entry.getValue().name()))
                .toList();
        if (matching.size() > 1) {
            problems.add("replica " + one.name() + " is ambiguous: "
                    + String.join(", ", matching.stream().map(Map.Entry::getKey).toList())
                    + "; name the slot instead");
        } else if (matching.isEmpty()) {
            absent(one);
        } else {
            ReplicaRow row = matching.get(0).getValue();
            left.remove(matching.get(0).getKey());
            if (neverReplays(row) && one.kind().lagJudged()) {
                problems.add("replica " + one.name() + " receives and never replays, as pg_receivewal does;"
                        + " it cannot be " + one.kind().key() + ", put it under `ignore`");
            }
            pinned.add(pin(one.name(), one.kind(), one.delay(), row));
        }
    }

    private void absent(Declared one) {
        Optional<SlotRow> slot = newest.slot(one.name());
        if (waived.contains(one.name())) {
            notes.add(one.name() + " is not there, which the plan waives for now");
            String itsSlot = slot.map(SlotRow::name).orElse(null);
            pinned.add(
                    new PinnedReplica(one.name(), one.kind(), one.delay(), itsSlot, one.name(), null, one.upstream()));
            return;
        }
        if (one.kind() == ReplicaClass.IGNORE || (one.kind() == ReplicaClass.LOGICAL && slot.isPresent())) {
            return;
        }
        String seen = rows.isEmpty()
                ? "no replica is connected"
                : "connected: "
                        + String.join(", ", rows.stream().map(ReplicaRow::name).toList());
        String inactive =
                slot.map(found -> " (its slot is there, and inactive)").orElse("");
        String where = one.upstream() == null ? "" : " behind " + one.upstream();
        problems.add("replica " + one.name() + " is declared " + one.kind().key() + where + " and not there" + inactive
                + "; " + seen);
    }

    /** What no plan names. */
    private void classify(ReplicaRow row) {
        ReplicaClass kind = ReplicaClass.OBSERVED;
        if (neverReplays(row)) {
            kind = ReplicaClass.RECEIVER;
            notes.add(row.name() + " receives and never replays; it is shown, not judged");
        } else if (declared.mode() == Mode.DISCOVER) {
            kind = logical(row) ? ReplicaClass.LOGICAL : ReplicaClass.REQUIRED;
        } else if (declared.mode() == Mode.NONE) {
            notes.add("the plan says `replicas: none`, but " + row.name() + " is connected; it is shown, not judged");
        } else {
            notes.add(row.name() + " is connected and not named by the plan; it is shown, not judged");
        }
        pinned.add(pin(displayName(row), kind, Duration.ZERO, row));
    }

    private static PinnedReplica pin(String name, ReplicaClass kind, Duration delay, ReplicaRow row) {
        return new PinnedReplica(name, kind, delay, row.slot(), row.name(), row.address(), row.upstream());
    }

    private String displayName(ReplicaRow row) {
        boolean unique =
                rows.stream().filter(other -> other.name().equals(row.name())).count() == 1;
        return unique ? row.name() : Objects.requireNonNullElse(row.slot(), row.name() + "@" + address(row));
    }

    /** A fresh walsender knows nothing yet; one that has written and not replayed never will. */
    private boolean neverReplays(ReplicaRow row) {
        return !logical(row)
                && row.streaming()
                && row.positions().written() != null
                && samples.stream()
                        .flatMap(sample -> sample.replicas().stream())
                        .filter(other -> other.name().equals(row.name()) && Objects.equals(other.slot(), row.slot()))
                        .allMatch(other -> other.positions().replayed() == null);
    }

    private boolean logical(ReplicaRow row) {
        return row.slot() != null
                && newest.slot(row.slot()).filter(SlotRow::logical).isPresent();
    }

    private static String address(ReplicaRow row) {
        return Objects.requireNonNullElse(row.address(), "a local socket");
    }

    /** The slots of the pinned, and of everybody else those that are in good order now. */
    private Map<String, ReplicaClass> slots() {
        Map<String, ReplicaClass> owners = new LinkedHashMap<>();
        pinned.stream()
                .filter(replica -> replica.slot() != null && replica.upstream() == null)
                .forEach(replica -> owners.put(Objects.requireNonNull(replica.slot()), replica.kind()));
        for (Declared one : declared.named()) {
            newest.slot(one.name()).ifPresent(slot -> owners.putIfAbsent(slot.name(), one.kind()));
        }
        for (SlotRow slot : newest.slots()) {
            boolean sound = "reserved".equals(slot.walStatus()) || "extended".equals(slot.walStatus());
            if (slot.active() && sound) {
                owners.putIfAbsent(slot.name(), ReplicaClass.OBSERVED);
            } else if (!owners.containsKey(slot.name())) {
                notes.add("slot " + slot.name() + " is " + (slot.active() ? slot.walStatus() : "inactive")
                        + " and belongs to no replica of this run; it is not judged");
            }
        }
        return owners;
    }
}
