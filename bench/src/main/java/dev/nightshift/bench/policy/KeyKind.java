package dev.nightshift.bench.policy;

/** What the table's primary key is: it follows the order of the rows in the table, or has nothing to do with it. */
public enum KeyKind {
    SEQUENCE("sequence", "id"),
    UUID("uuid", "public_id");

    private final String word;
    private final String column;

    KeyKind(String word, String column) {
        this.word = word;
        this.column = column;
    }

    public String word() {
        return word;
    }

    /** Of {@code public.orders}. */
    public String column() {
        return column;
    }
}
