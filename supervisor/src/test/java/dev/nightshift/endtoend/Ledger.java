package dev.nightshift.endtoend;

/** A table whose rows have a name that never changes beside a key that does, and what was in it before it was deleted. */
final class Ledger {

    static final long ROWS = 8_000;

    private Ledger() {}

    static void create(Night night) {
        night.primary()
                .execute(
                        "CREATE TABLE public.ledger (id bigint PRIMARY KEY, name text UNIQUE NOT NULL, amount numeric"
                                + " NOT NULL DEFAULT 1, cents bigint, touched bigint NOT NULL DEFAULT 0,"
                                + " born_done boolean NOT NULL DEFAULT false, note text) WITH (fillfactor = 80)",
                        "CREATE TABLE public.gone (name text PRIMARY KEY, touched bigint NOT NULL)",
                        "INSERT INTO public.ledger (id, name) SELECT g, 'old-' || g FROM generate_series(1, " + ROWS
                                + ") AS g",
                        "GRANT ALL ON public.ledger, public.gone TO migrator",
                        "ALTER TABLE public.ledger OWNER TO migrator",
                        "ALTER TABLE public.gone OWNER TO migrator",
                        "ANALYZE public.ledger");
    }

    /** Some of the rows that are not as they should be; nothing when all are. */
    static String wrong(Night night, String right) {
        return night.ask("SELECT coalesce(string_agg(row::text, ' '), '') FROM (SELECT (id, name, cents, touched,"
                + " born_done) AS row FROM public.ledger WHERE (" + right + ") IS NOT TRUE LIMIT 10) AS few");
    }
}
