package dev.nightshift.guards.reading;

import org.jspecify.annotations.Nullable;

/** How far a walsender's receiver has come; null is “not known”, never “nothing”. */
public record WalPositions(
        @Nullable Lsn sent,
        @Nullable Lsn written,
        @Nullable Lsn flushed,
        @Nullable Lsn replayed) {

    public static final WalPositions UNKNOWN = new WalPositions(null, null, null, null);
}
