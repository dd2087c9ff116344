package dev.nightshift.guards.lint.flow;

/** PostgreSQL's table locks, weakest first. */
public enum LockMode {
    ACCESS_SHARE,
    ROW_SHARE,
    ROW_EXCLUSIVE,
    SHARE_UPDATE_EXCLUSIVE,
    SHARE,
    SHARE_ROW_EXCLUSIVE,
    EXCLUSIVE,
    ACCESS_EXCLUSIVE;

    public String words() {
        return name().replace('_', ' ');
    }

    /** Whether writers, or readers too, wait for it. */
    public boolean blocksWrites() {
        return compareTo(SHARE) >= 0;
    }

    public LockMode orStronger(LockMode other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** By the number in {@code LOCK TABLE}'s tree: 1 = ACCESS SHARE to 8 = ACCESS EXCLUSIVE. */
    public static LockMode ofNumber(long number) {
        return values()[(int) Math.max(1, Math.min(8, number)) - 1];
    }
}
