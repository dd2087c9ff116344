package dev.nightshift.process;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.LibpqEnvironment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The variables of a tool: the worker's without what is the worker's own, those of libpq, and what the plan adds. */
final class ToolEnvironment {

    private static final String OPTIONS = "PGOPTIONS";

    /** A word that no URL has. */
    private static final String PLACE = "NIGHTSHIFT-PASSWORD-PLACE";

    /** An open transaction of a tool that thinks keeps its locks and pins dead rows. */
    private static final long IDLE_IN_TRANSACTION_MILLIS = 60_000;

    private final DatabaseUrl url;
    private final Optional<String> password;
    private final Map<String, String> worker;

    ToolEnvironment(DatabaseUrl url, Optional<String> password, Map<String, String> worker) {
        this.url = url;
        this.password = password;
        this.worker = Map.copyOf(worker);
    }

    /**
     * All of them.
     *
     * @param session the application_name
     * @param settings more of the server's settings, which the plan's own overrule
     */
    Map<String, String> of(ExternalStep step, String session, String settings) {
        Map<String, String> all = new LinkedHashMap<>(worker);
        all.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("NIGHTSHIFT_"));
        all.putAll(variables(url, step, session, settings));
        password.ifPresent(secret -> all.put("PGPASSWORD", secret));
        step.tool().url().ifPresent(name -> all.put(name, url.withPassword(password)));
        return all;
    }

    /**
     * Without what is secret and what is the worker's.
     *
     * @param password stands for it in the URL, as it is
     */
    static Map<String, String> told(DatabaseUrl url, ExternalStep step, String session, String password) {
        Map<String, String> all = variables(url, step, session, "");
        step.tool()
                .url()
                .ifPresent(name ->
                        all.put(name, url.withPassword(Optional.of(PLACE)).replace(PLACE, password)));
        return all;
    }

    private static Map<String, String> variables(DatabaseUrl url, ExternalStep step, String session, String settings) {
        Map<String, String> all = new LinkedHashMap<>();
        // Else what it prints comes in blocks of some kilobytes, minutes later.
        all.put("PYTHONUNBUFFERED", "1");
        Map<String, String> libpq = LibpqEnvironment.of(url, session);
        Map<String, String> added = step.tool().environment();
        all.putAll(libpq);
        all.putAll(added);
        String own = libpq.get(OPTIONS) + " -c lock_timeout="
                + step.limits().lockTimeout().toMillis() + " -c idle_in_transaction_session_timeout="
                + IDLE_IN_TRANSACTION_MILLIS + settings;
        all.put(OPTIONS, added.containsKey(OPTIONS) ? own + " " + added.get(OPTIONS) : own);
        return all;
    }
}
