package dev.nightshift.bench.walk;

/** What a bare loop does in each batch. */
enum Loop {
    PLAIN("") {
        @Override
        String statement(WalkKind walk, String which) {
            return UPDATE + WHERE + which;
        }
    },
    /** Old values by a self-join: a row that moves meanwhile drops out of the join, so without a sweep it is missed. */
    JOINED(", old values by a self-join") {
        @Override
        String statement(WalkKind walk, String which) {
            return "WITH changed AS (" + UPDATE + " FROM (" + OLD + WHERE + which + ") AS o" + WHERE + which
                    + " AND ctid = old_tid AND tidsend(ctid) = tidsend(old_tid)" + KEEPING;
        }
    },
    /** Old values of rows that are locked first, as Nightshift does. */
    LOCKED(", old values of locked rows") {
        @Override
        String statement(WalkKind walk, String which) {
            return "WITH o AS MATERIALIZED (" + OLD + WHERE + which + " FOR NO KEY UPDATE), changed AS (" + UPDATE
                    + " FROM o" + WHERE + which
                    + (walk == WalkKind.KEY ? " AND id = old_id" : " AND ctid = old_tid") + KEEPING;
        }
    };

    /** Where the loops keep old values. */
    static final String KEPT = "CREATE TABLE public.orders_bare_old (id bigint PRIMARY KEY, total_cents bigint,"
            + " touched int, total_cents_new bigint, touched_new int)";

    private static final String UPDATE =
            "UPDATE public.orders SET total_cents = (amount * 100)::bigint, touched = touched + 1";
    private static final String WHERE = " WHERE total_cents IS NULL AND ";
    private static final String OLD =
            "SELECT ctid AS old_tid, id AS old_id, total_cents AS old_cents, touched AS old_touched FROM public.orders";
    private static final String KEEPING = " RETURNING id, old_cents, old_touched, total_cents, touched)"
            + " INSERT INTO public.orders_bare_old SELECT * FROM changed";

    private final String words;

    Loop(String words) {
        this.words = words;
    }

    /** @param which rows, as a condition */
    abstract String statement(WalkKind walk, String which);

    /** For people, behind {@code bare loop}. */
    String words() {
        return words;
    }
}
