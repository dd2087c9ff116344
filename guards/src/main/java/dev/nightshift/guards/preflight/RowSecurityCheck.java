package dev.nightshift.guards.preflight;

import java.util.List;

/** Sessions run with row_security off: where a policy applies a statement fails rather than see fewer rows. */
final class RowSecurityCheck {

    private RowSecurityCheck() {}

    /** PF-STEP tells it of a backfill. */
    static List<Answer> judge(Situation situation) {
        List<String> tables = situation.tables().stream()
                .filter(table -> table.details().rowSecurity()
                        && !situation.work().backfilled().contains(table.name()))
                .map(Table::name)
                .toList();
        return Answer.each(
                tables,
                Answer.warn(
                        "statements that read or write rows will fail for role "
                                + situation.server().role() + " on ",
                        "run as a role with BYPASSRLS, or as the owner without FORCE ROW LEVEL SECURITY"),
                "no policy applies to " + situation.server().role());
    }
}
