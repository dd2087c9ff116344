package dev.nightshift.plan;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.time.Window;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A plan that was read without a problem: everything a run needs to know, and nothing secret.
 *
 * @param source the text it was read from, stored with every run
 * @param standbys where standbys are reached themselves, by the names under {@code replicas}; may be empty
 * @param steps those of its recipes among them
 * @param abort the steps that undo, those of its recipes first, then as written; may be empty
 * @param approvers how many people have to approve it besides whoever submits it, before it begins; zero when nobody has to
 * @param recipes for people: what carries out a run knows steps only
 */
public record Plan(
        String name,
        PlanHash hash,
        String source,
        DatabaseUrl database,
        DeclaredReplicas replicas,
        Map<String, DatabaseUrl> standbys,
        Optional<WindowSpec> windowSpec,
        int approvers,
        BackupSpec backup,
        GuardSettings guards,
        List<Step> steps,
        List<Waiver> waivers,
        List<Step> abort,
        List<Recipe> recipes) {

    public Plan {
        Names.check("a plan's name", name);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("expected at least one step, found none");
        }
        standbys = Collections.unmodifiableMap(new LinkedHashMap<>(standbys));
        steps = List.copyOf(steps);
        waivers = List.copyOf(waivers);
        abort = List.copyOf(abort);
        recipes = List.copyOf(recipes);
        Names.checkUnique(steps, abort);
    }

    /** The hours in which it may work: always, when the plan names none. */
    public Window window() {
        return windowSpec.map(WindowSpec::window).orElseGet(Window::always);
    }

    /** Every directory that it names, all absolute: of migrations, of tools and of backups. */
    public List<Path> directories() {
        Stream<Path> migrations = steps(SchemaStep.class).flatMap(step -> step.locations().stream());
        Stream<Path> tools = steps(ExternalStep.class)
                .filter(step -> step.tool().image().isEmpty())
                .flatMap(step -> step.tool().place().directory().stream());
        return Stream.of(backups(), migrations, tools).flatMap(paths -> paths).toList();
    }

    /** Whether it starts programs of somebody else on the machine where it is carried out. */
    public boolean startsPrograms() {
        return backup instanceof BackupSpec.Command
                || backup instanceof BackupSpec.External
                || steps(ExternalStep.class).findAny().isPresent();
    }

    /** Whether a tool of it needs a container of its own, and a cluster that starts it. */
    public boolean needsImages() {
        return steps(ExternalStep.class).anyMatch(step -> step.tool().image().isPresent());
    }

    private Stream<Path> backups() {
        if (backup instanceof BackupSpec.Dump dump) {
            return Stream.of(dump.directory());
        }
        if (backup instanceof BackupSpec.Command command) {
            return Stream.of(command.directory());
        }
        return backup instanceof BackupSpec.External external ? Stream.of(external.directory()) : Stream.empty();
    }

    private <T extends Step> Stream<T> steps(Class<T> kind) {
        return Stream.concat(steps.stream(), abort.stream())
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** Whether a waiver with that id holds on that day. */
    public boolean waives(String id, LocalDate day) {
        return waivers.stream().anyMatch(waiver -> waiver.id().equals(id) && waiver.holdsOn(day));
    }
}
