package dev.nightshift.sandbox;

/**
 * How hard a {@link ShopLoad} works and on what.
 *
 * @param perSecond operations a second that are intended, whether or not the database keeps up
 * @param totals whether new orders come with {@code total_cents}, as from an application that knows the column
 */
public record LoadSettings(double perSecond, int connections, Mix mix, boolean totals, long seed) {

    /** Weights of the kinds of operation: of their sum, so many are point reads, inserts, updates and deletes. */
    public record Mix(int reads, int inserts, int updates, int deletes) {
        public static final Mix USUAL = new Mix(70, 10, 20, 0);
        public static final Mix WITH_DELETES = new Mix(60, 15, 20, 5);

        public Mix {
            if (Math.min(Math.min(reads, inserts), Math.min(updates, deletes)) < 0
                    || reads + inserts + updates + deletes == 0) {
                throw new IllegalArgumentException("expected weights of which one is above 0");
            }
        }

        int sum() {
            return reads + inserts + updates + deletes;
        }
    }

    public LoadSettings {
        if (!(perSecond > 0) || connections < 1) {
            throw new IllegalArgumentException("expected a rate above 0 and at least one connection");
        }
    }

    public static LoadSettings of(double perSecond) {
        return new LoadSettings(perSecond, 4, Mix.USUAL, true, 1);
    }

    public LoadSettings connections(int wanted) {
        return new LoadSettings(perSecond, wanted, mix, totals, seed);
    }

    public LoadSettings mix(Mix wanted) {
        return new LoadSettings(perSecond, connections, wanted, totals, seed);
    }

    /** New orders leave {@code total_cents} empty, as from an application that does not know the column. */
    public LoadSettings withoutTotals() {
        return new LoadSettings(perSecond, connections, mix, false, seed);
    }

    public LoadSettings seed(long wanted) {
        return new LoadSettings(perSecond, connections, mix, totals, wanted);
    }
}
