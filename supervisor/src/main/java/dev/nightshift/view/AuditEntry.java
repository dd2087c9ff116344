package dev.nightshift.view;

import dev.nightshift.run.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that a person, a program or an alert decided about a run, or about a database.
 *
 * @param id the same for ever; {@code intent/17}, {@code run/7f3kmq}, {@code freeze/3}, {@code thaw/3}
 * @param database its name
 * @param about the run; empty for what is about the whole database
 * @param action {@code begin, pause, resume, abort, retry, approve, freeze} or {@code thaw}
 * @param by who, as the asker says; from a token, its name and {@code @api}
 * @param from the host or address, as the asker says
 * @param role whom the database knows the asker as; with {@code address} what PostgreSQL itself has seen
 * @param reason why
 * @param outcome what came of it; empty while no supervisor has observed it
 * @param refused nobody carried it out
 */
public record AuditEntry(
        String id,
        Instant at,
        String database,
        Optional<About> about,
        String action,
        boolean immediate,
        String by,
        String from,
        Via via,
        Optional<String> role,
        Optional<String> address,
        String reason,
        Optional<Instant> observedAt,
        Optional<String> outcome,
        boolean refused) {

    /**
     * A run.
     *
     * @param planHash of the plan's text, in hexadecimal
     */
    public record About(RunId run, String plan, String planHash) {}

    /** On which way it came. */
    public enum Via {
        /** A person's command, or SQL. */
        DATABASE,
        /** A token of the API. */
        API,
        ALERT
    }
}
