package dev.nightshift.drive;

import dev.nightshift.plan.Plan;
import dev.nightshift.queue.Approvals;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.RunState;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Who has to approve a run's plan, and who has; a step that waits for an approval is another question. */
final class PlanApproval {

    private final Plan plan;
    private final String hash;
    private final Journal journal;

    PlanApproval(Plan plan, RunRecord run, Journal journal) {
        this.plan = plan;
        this.hash = run.planHash();
        this.journal = journal;
    }

    /** Whether an approval is of the plan, because that is what the run waits for. */
    boolean isMeantBy(Intent intent, RunState state) {
        return intent.kind() == Intent.Kind.APPROVE && holder(state).isPresent();
    }

    Future<Void> answer(Intent intent, Approvals approvals) {
        Optional<String> refused = Settlement.refused(intent, approvals, plan.approvers());
        if (refused.isPresent()) {
            return journal.observed(intent, refused.get());
        }
        String outcome = Settlement.approved(approvals.with(intent.by()).missing(plan.approvers(), hash));
        return journal.approvePlan(intent).compose(v -> journal.observed(intent, outcome));
    }

    /** Whatever way a run took, it does not work while its plan is not approved. */
    List<RunEvent> events(RunState state, Approvals approvals) {
        Optional<Holder> wanted = approvals.missing(plan.approvers(), hash);
        if (wanted.equals(holder(state))) {
            return List.of();
        }
        String by = String.join(", ", approvals.people());
        return List.of(wanted.<RunEvent>map(RunEvent.Held::new)
                .orElseGet(() -> new RunEvent.Released(Holder.Kind.APPROVAL, by)));
    }

    private static Optional<Holder> holder(RunState state) {
        return state.holders().of(Holder.Kind.APPROVAL).filter(Approvals::isOfPlan);
    }
}
