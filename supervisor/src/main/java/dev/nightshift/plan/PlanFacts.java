package dev.nightshift.plan;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.time.Days;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says in one line each what a plan sets beside its steps. */
final class PlanFacts {

    private PlanFacts() {}

    static List<PlanFact> of(Plan plan) {
        List<PlanFact> facts = new ArrayList<>();
        facts.add(replicas(plan.replicas()));
        facts.add(
                new PlanFact("window", plan.windowSpec().map(PlanFacts::window).orElse("always open"), false));
        if (plan.approvers() > 0) {
            facts.add(approval(plan.approvers()));
        }
        facts.add(backup(plan.backup()));
        plan.waivers()
                .forEach(waiver -> facts.add(new PlanFact(
                        "waives", waiver.id() + " until " + waiver.until() + ": " + waiver.reason(), true)));
        return facts;
    }

    private static PlanFact replicas(DeclaredReplicas replicas) {
        return switch (replicas.mode()) {
            case NONE -> new PlanFact("replicas", "none: no standby limits the pace", true);
            case DISCOVER -> new PlanFact("replicas", "whatever follows at the start, each required", false);
            case LISTED ->
                new PlanFact(
                        "replicas",
                        replicas.named().stream().map(PlanFacts::replica).collect(Collectors.joining(" · ")),
                        false);
        };
    }

    private static String replica(DeclaredReplicas.Declared replica) {
        String delay = replica.delay().isZero() ? "" : " by " + StepSentences.time(replica.delay());
        String behind = replica.upstream() == null ? "" : " behind " + replica.upstream();
        return replica.name() + " " + replica.kind().key() + delay + behind;
    }

    private static String window(WindowSpec window) {
        String except = window.except().stream().map(Days::toString).collect(Collectors.joining(", "));
        return "opens at cron '" + window.opens() + "' for " + StepSentences.time(window.lasts()) + ", " + window.zone()
                + (except.isEmpty() ? "" : ", not on " + except);
    }

    private static PlanFact approval(int people) {
        String who = people == 1 ? "one other person approves" : people + " other people approve";
        return new PlanFact("approval", "does not begin until " + who + " this text", false);
    }

    private static PlanFact backup(BackupSpec backup) {
        if (backup instanceof BackupSpec.Elsewhere elsewhere) {
            return new PlanFact("backup", elsewhere(elsewhere), true);
        }
        if (!(backup instanceof BackupSpec.Dump dump)) {
            return new PlanFact("backup", "NONE: what this plan changes cannot be restored from here", true);
        }
        String what = dump.wholeDatabase()
                ? "the whole database"
                : dump.tables().stream().map(TableName::toString).collect(Collectors.joining(", "));
        String age = dump.maxAge().isZero()
                ? ", a new one each run"
                : ", or a verified one younger than " + StepSentences.time(dump.maxAge());
        String proof = dump.verify() == BackupSpec.Verification.CHECKSUMMED
                ? "verified by reading it and its sums"
                : "verified by reading it";
        String text = "pg_dump of " + what + " into " + dump.directory() + " with " + dump.jobs()
                + (dump.jobs() == 1 ? " job, " : " jobs, ") + proof + age;
        return new PlanFact("backup", text, false);
    }

    /** Loud, since none of it is proved by us. */
    private static String elsewhere(BackupSpec.Elsewhere backup) {
        String age = backup.maxAge().isZero()
                ? "a new one each run"
                : "or one younger than " + StepSentences.time(backup.maxAge());
        if (backup instanceof BackupSpec.Snapshot snapshot) {
            return "VolumeSnapshot of " + String.join(" and ", snapshot.claims()) + ", attested by the storage and not"
                    + " read here, " + age;
        }
        if (backup instanceof BackupSpec.External external) {
            String least = external.least() == BackupSpec.Verification.ATTESTED
                    ? "attested"
                    : "attested to be " + external.least().word();
            return "taken without this run, " + least + " by `" + String.join(" ", external.command())
                    + "` and not read here, younger than " + StepSentences.time(backup.maxAge());
        }
        BackupSpec.Command command = (BackupSpec.Command) backup;
        return "taken by `" + String.join(" ", command.start()) + "`, attested by `" + String.join(" ", command.poll())
                + "` and not read here, " + age;
    }
}
