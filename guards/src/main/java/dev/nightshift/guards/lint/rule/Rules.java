package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.LintRule;
import java.util.List;
import java.util.Optional;

/** All rules, in the order in which they are listed to people. */
public final class Rules {
    private static final List<LintRule> ALL = List.of(
            new IndexNotConcurrent(),
            new IndexDropNotConcurrent(),
            new ConcurrentInTransaction(),
            new ReindexNotConcurrent(),
            new ConcurrentNotRerunnable(),
            new WideOrHashIndex(),
            new VolatileDefault(),
            new StoredGenerated(),
            new SerialOrIdentity(),
            new RequiredColumn(),
            new InlineConstraint(),
            new TypeChange(),
            new SetNotNull(),
            new DropColumn(),
            new RenameColumn(),
            new ShortInteger(),
            new TypeChoice(),
            new ValidatingForeignKey(),
            new ValidatingCheck(),
            new ValidateInSameTransaction(),
            new KeyBuild(),
            new NullablePrimaryKey(),
            new Exclusion(),
            new ForeignKeyWithoutIndex(),
            new DropForeignKey(),
            new SeveralForeignKeys(),
            new DropTable(),
            new Truncate(),
            new RenameTable(),
            new RewriteCommand(),
            new CopyWholeTable(),
            new ExplicitLock(),
            new AttachUnproven(),
            new PartitionOf(),
            new DetachNotConcurrent(),
            new BlockingRefresh(),
            new EnumAddValue(),
            new EnumRenameValue(),
            new DomainConstraint(),
            new TriggerChange(),
            new RowSecurity(),
            new UnboundedRowChange(),
            new RowsWithDdl(),
            new BatchWithoutKeyset(),
            new DuplicateAssignment(),
            new LockTimeoutMissing(),
            new StatementTimeout(),
            new HoldsExclusive(),
            new SeveralTables(),
            new UnbalancedTransaction(),
            new Combine(),
            new OpaqueSql(),
            new BodyFlagged(),
            new ReplicaIdentity(),
            new PublishedDdl(),
            new UnsafeSetting(),
            new BroadGrant(),
            new LongName(),
            new UnqualifiedName(),
            new NotRerunnable(),
            new ClientSyntax(),
            new NoWayBack());

    private Rules() {}

    public static List<LintRule> all() {
        return ALL;
    }

    public static Optional<LintRule> byId(String id) {
        return ALL.stream().filter(rule -> rule.card().id().equals(id)).findFirst();
    }
}
