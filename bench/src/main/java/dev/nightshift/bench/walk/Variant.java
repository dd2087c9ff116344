package dev.nightshift.bench.walk;

import java.util.List;

/** What could be done besides while a walk goes through its table. */
enum Variant {
    PLAIN("as it is", 1, "", false),
    FLUSHED("each commit waits for the disk", 1, "SET synchronous_commit = on", false),
    LANES("two lanes, half of the table each", 2, "", false),
    LZ4("wal_compression = lz4", 1, "SET wal_compression = lz4", false),
    ZSTD("wal_compression = zstd", 1, "SET wal_compression = zstd", false),
    VACUUM("VACUUM after each tenth", 1, "", true);

    private final String words;
    private final int lanes;
    private final String setting;
    private final boolean vacuums;

    Variant(String words, int lanes, String setting, boolean vacuums) {
        this.words = words;
        this.lanes = lanes;
        this.setting = setting;
        this.vacuums = vacuums;
    }

    String words() {
        return words;
    }

    /** Connections that share the table. */
    int lanes() {
        return lanes;
    }

    /** Statements that a connection begins with; some need a superuser. */
    List<String> settings() {
        return setting.isEmpty() ? List.of() : List.of(setting);
    }

    boolean vacuums() {
        return vacuums;
    }
}
