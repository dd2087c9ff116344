package dev.nightshift.backup;

import dev.nightshift.guards.reading.ByteSize;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How full the file system of a directory is.
 *
 * @param used bytes that cannot be had, whoever took them
 * @param free bytes that this user may still write
 */
record Volume(ByteSize used, ByteSize free) {

    /**
     * Dump bytes for each byte of heap and TOAST. Measured with pg_dump 15.18 and its gzip: 0.09 for whole numbers, 0.51
     * for shop rows (uuid, number, time, text), 0.81 for random bytes, 0.92 for random uuids. Rows like the last are
     * rare, and the volume is watched while the dump is written.
     */
    static final double DUMP_RATIO = 0.6;

    /** No dump may begin that fills the volume beyond this share: what else lives there needs room to breathe. */
    static final double FULLEST = 0.85;

    /** A dump that has filled the volume so far is stopped, before others find it full. */
    static final double STOP = 0.95;

    /** Of the nearest directory above that exists. */
    static Volume of(Path directory) throws IOException {
        Path existing = directory.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        FileStore store = Files.getFileStore(existing);
        long used = Math.max(0, store.getTotalSpace() - store.getUnallocatedSpace());
        return new Volume(new ByteSize(used), new ByteSize(Math.max(0, store.getUsableSpace())));
    }

    static ByteSize estimate(ByteSize tables) {
        return new ByteSize((long) Math.ceil(tables.bytes() * DUMP_RATIO));
    }

    /** How full it is, 0 to 1, once so many more bytes are written. */
    double fullness(ByteSize more) {
        double total = used.bytes() + (double) free.bytes();
        return total == 0 ? 1 : (used.bytes() + more.bytes()) / total;
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }
}
