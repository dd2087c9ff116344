package dev.nightshift.backup;

import dev.nightshift.plan.BackupSpec;
import dev.nightshift.run.RunId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds a backup of an earlier run that serves again: same database, every wanted table in it with the definition that
 * it has now, begun after the last write of any run, young enough, and still good on disk.
 */
final class Earlier {

    private final BackupJournal journal;
    private final ArchiveCheck check;

    Earlier(BackupJournal journal, ArchiveCheck check) {
        this.journal = journal;
        this.check = check;
    }

    Optional<KeptBackup> serving(RunId run, BackupSpec.Dump spec, CatalogFacts facts, Level level) {
        if (spec.maxAge().isZero()) {
            return Optional.empty();
        }
        return journal.candidates(run, KeptBackup.Kind.DUMP, spec.maxAge()).stream()
                .filter(backup -> serves(backup, facts, level))
                .findFirst();
    }

    private boolean serves(KeptBackup backup, CatalogFacts facts, Level level) {
        try {
            Manifest manifest = Manifest.read(backup.directory());
            return manifest.system().equals(facts.system())
                    && holds(manifest.tables(), facts.tables())
                    && check.problems(backup.directory(), manifest, level).isEmpty();
        } catch (IOException | IllegalArgumentException e) {
            // It may be on another machine, or pruned: then it does not serve here.
            return false;
        }
    }

    static boolean holds(List<DumpedTable> dumped, List<DumpedTable> wanted) {
        Map<Long, DumpedTable> byOid = dumped.stream().collect(Collectors.toMap(DumpedTable::oid, Function.identity()));
        return wanted.stream().allMatch(table -> {
            DumpedTable same = byOid.get(table.oid());
            return same != null
                    && same.name().equals(table.name())
                    && same.hash().equals(table.hash());
        });
    }
}
