package dev.nightshift.view;

import dev.nightshift.run.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that a person, a program or an alert decided about a run.
 *
 * @param id the same for ever; {@code intent/17}, {@code run/7f3kmq}
 * @param database its name
 * @param planHash of the plan's text, in hexadecimal
 * @param action {@code begin, pause, resume, abort, retry} or {@code approve}
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
        RunId run,
        String plan,
        String planHash,
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

    /** On which way it came. */
    public enum Via {
        /** A person's command, or SQL. */
        DATABASE,
        /** A token of the API. */
        API,
        ALERT
    }
}
