package dev.nightshift.backup;

import dev.nightshift.backup.Provider.Look;
import dev.nightshift.backup.Provider.Wanted;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.plan.BackupSpec;
import dev.nightshift.run.Transient;
import dev.nightshift.worker.BackupOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Begins one backup under one name, looks until it is done, and says whether it serves. */
final class ElsewhereTaking {

    private final Catalog catalog;
    private final BackupJournal journal;
    private final ElsewhereTask task;
    private final String id;
    private final Wanted wanted;
    private final long from = System.nanoTime();
    private Duration before = Duration.ZERO;
    private String last = "nothing was heard of it";
    private String location = "";
    private int looks;

    ElsewhereTaking(Catalog catalog, BackupJournal journal, ElsewhereTask task, String id) {
        this.catalog = catalog;
        this.journal = journal;
        this.task = task;
        this.id = id;
        this.wanted = task.wanted(id);
    }

    /** @param begun its row, where an earlier attempt has written it */
    BackupOutcome take(Optional<KeptBackup> begun) {
        before = begun.map(KeptBackup::age).orElse(Duration.ZERO);
        CatalogFacts first = facts();
        Optional<String> handle = begun.flatMap(KeptBackup::handle);
        location = handle.isEmpty() ? "" : begun.map(KeptBackup::location).orElse("");
        if (handle.isEmpty()) {
            Optional<KeptBackup> earlier = begun.isPresent() ? Optional.empty() : earlier(first);
            if (earlier.isPresent()) {
                journal.serves(task.attempt(), id, earlier.get());
                return new BackupOutcome(id, "attested, of run " + earlier.get().run());
            }
            // A name that was given may be in use already, unless nothing was begun under it.
            handle = begun.isPresent() && !(task.spec() instanceof BackupSpec.External)
                    ? whatWasBegun()
                    : Optional.empty();
            if (handle.isEmpty()) {
                handle = Optional.of(begin(first.lsn()));
            }
        }
        return trusted(found(handle), first);
    }

    private CatalogFacts facts() {
        Optional<CatalogFacts> facts = catalog.facts(task.attempt(), List.of());
        while (facts.isEmpty()) {
            wait("a table is being redefined");
            facts = catalog.facts(task.attempt(), List.of());
        }
        return facts.get();
    }

    private Optional<KeptBackup> earlier(CatalogFacts now) {
        if (task.spec().maxAge().isZero() || task.spec() instanceof BackupSpec.External) {
            return Optional.empty();
        }
        return journal
                .candidates(
                        task.run().id(),
                        ElsewhereBackup.kind(task.spec()),
                        task.spec().maxAge())
                .stream()
                .filter(backup -> backup.catalogHash().equals(Optional.of(now.hash())))
                .filter(backup -> isThere(backup))
                .findFirst();
    }

    private boolean isThere(KeptBackup backup) {
        Wanted then = new Wanted(backup.id(), backup.run(), task.plan());
        return task.provider().look(then, backup.handle()).state() == Provider.State.DONE;
    }

    /**
     * What an attempt that ended in the middle of beginning it has begun. While that may still be under way elsewhere,
     * none of that name says nothing yet.
     */
    private Optional<String> whatWasBegun() {
        while (true) {
            Look look = task.provider().look(wanted, Optional.empty());
            if (look.state() == Provider.State.NONE
                    && elapsed().compareTo(task.patience().underWay()) > 0) {
                return Optional.empty();
            }
            if (look.state() != Provider.State.NONE && look.state() != Provider.State.NO_ANSWER) {
                return look.found().map(Provider.Found::handle).or(() -> Optional.of(""));
            }
            wait("looks whether it was begun");
        }
    }

    private String begin(Lsn position) {
        awaitStandby(position);
        journal.before(task.attempt(), id, position);
        while (true) {
            task.stopIfAsked(wanted.name());
            task.say("begins the backup " + wanted.name());
            try {
                Provider.Begun begun = task.provider().begin(wanted);
                journal.called(task.attempt(), id, begun);
                location = begun.location();
                return begun.handle();
            } catch (Transient e) {
                last = e.explanation().what();
                Optional<String> handle = begunAllTheSame();
                if (handle.isPresent()) {
                    return handle.get();
                }
            }
        }
    }

    /** A beginning that was not answered may have gone through. */
    private Optional<String> begunAllTheSame() {
        wait(last);
        Look look = task.provider().look(wanted, Optional.empty());
        boolean there = look.state() == Provider.State.RUNNING || look.state() == Provider.State.DONE;
        return there ? look.found().map(Provider.Found::handle).or(() -> Optional.of("")) : Optional.empty();
    }

    /** What a standby's volumes hold is what it has received. */
    private void awaitStandby(Lsn position) {
        if (task.spec() instanceof BackupSpec.Snapshot snapshot
                && snapshot.standby().isPresent()) {
            String standby = snapshot.standby().get();
            Optional<Lsn> flushed = catalog.flushed(task.attempt(), standby);
            while (flushed.filter(lsn -> lsn.compareTo(position) >= 0).isEmpty()) {
                wait(flushed.map(lsn -> "standby " + standby + " has the WAL up to " + lsn + " < " + position)
                        .orElse("standby " + standby + " is not connected"));
                flushed = catalog.flushed(task.attempt(), standby);
            }
        }
    }

    private Provider.Found found(Optional<String> handle) {
        Optional<String> known = handle.filter(text -> !text.isEmpty());
        while (true) {
            task.stopIfAsked(wanted.name());
            Look look = task.provider().look(wanted, known);
            switch (look.state()) {
                case DONE -> {
                    return look.found().orElseThrow();
                }
                case FAILED -> throw ElsewhereFailure.failed(wanted, look.message());
                case NONE -> wait("there is no backup of that name");
                case RUNNING -> wait(look.message().isEmpty() ? "running" : "running, " + look.message());
                case NO_ANSWER -> wait("no answer: " + look.message());
            }
        }
    }

    private void wait(String why) {
        last = why;
        if (elapsed().compareTo(task.spec().timeout()) > 0) {
            throw ElsewhereFailure.overdue(wanted, task.spec().timeout(), last);
        }
        task.say("waits for the backup " + wanted.name() + ": " + why);
        looks++;
        task.pause(looks, wanted.name());
    }

    /** Since its row was written, whoever waited meanwhile. */
    private Duration elapsed() {
        return before.plusNanos(System.nanoTime() - from);
    }

    private BackupOutcome trusted(Provider.Found told, CatalogFacts first) {
        Provider.Found found =
                told.location().isEmpty() ? told.in(location.isEmpty() ? told.handle() : location) : told;
        CatalogFacts now = facts();
        Instant asked = now.at().minus(elapsed());
        Trust trust = new Trust(asked, task.spec().maxAge(), journal.lastWrite());
        trust.doubt(found.at(), now.at()).ifPresent(why -> {
            throw ElsewhereFailure.untrusted(wanted, why);
        });
        boolean own = !found.at().plus(Trust.SKEW).isBefore(asked);
        boolean same = first.hash().equals(now.hash());
        String level = BackupSpec.Verification.ATTESTED.word();
        journal.attested(
                task.attempt(),
                id,
                new Attested(
                        found,
                        found.level().equals(level) ? level : level + " as " + found.level(),
                        now.system(),
                        own ? Optional.of(now.lsn()) : Optional.empty(),
                        own && same ? Optional.of(now.hash()) : Optional.empty()));
        return new BackupOutcome(id, "verified (" + level + "), in " + found.location());
    }
}
