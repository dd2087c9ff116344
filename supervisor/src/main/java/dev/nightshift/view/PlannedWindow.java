package dev.nightshift.view;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.plan.WindowSpec;
import dev.nightshift.run.RunRecord;
import dev.nightshift.time.Window;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The window of a run, from the plan that is stored with it. */
public final class PlannedWindow {

    private static final DatabaseUrl ANY = DatabaseUrl.parse("postgresql://nobody@localhost/none");

    private Optional<RunRecord> run = Optional.empty();
    private Optional<WindowSpec> window = Optional.empty();

    /** Empty when the plan names no window, or none that opens again. */
    public Optional<WindowView> of(RunRecord record, Instant now) {
        if (run.filter(known -> known.id().equals(record.id())).isEmpty()) {
            run = Optional.of(record);
            window = plan(record).flatMap(Plan::windowSpec);
        }
        return window.flatMap(spec -> at(spec, now));
    }

    /** Empty when this version of the program cannot read it. */
    public static Optional<Plan> plan(RunRecord run) {
        Path directory =
                Optional.ofNullable(Path.of(run.planFile()).getParent()).orElse(Path.of("/"));
        PlanReading reading = PlanReader.read(run.planFile(), run.planSource(), directory, Optional.of(ANY));
        return reading instanceof PlanReading.Accepted accepted ? Optional.of(accepted.plan()) : Optional.empty();
    }

    private static Optional<WindowView> at(WindowSpec spec, Instant now) {
        Window hours = spec.window();
        boolean open = hours.isOpen(now);
        return (open ? hours.closesAt(now) : hours.nextOpening(now))
                .map(changes -> new WindowView(open, changes, spec.zone()));
    }
}
