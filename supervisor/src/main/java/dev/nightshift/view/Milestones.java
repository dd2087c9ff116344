package dev.nightshift.view;

import java.util.Optional;

/** What applications wait for, as it stands now; fails with a {@link dev.nightshift.run.Trouble}. */
public interface Milestones {

    /**
     * The run with this id, else the newest run of a plan of this name. Empty when there is none.
     *
     * @param hash how the plan's hash must begin; empty for any plan
     */
    Optional<RunView> run(String named, String hash);

    SchemaMark schema(SchemaWish wish);
}
