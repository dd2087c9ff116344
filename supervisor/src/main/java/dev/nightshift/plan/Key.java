package dev.nightshift.plan;

/**
 * A key that a mapping of the plan may have.
 *
 * @param remark for {@link Need#LATER}: what this version does instead
 */
record Key(String name, Need need, String remark) {

    enum Need {
        REQUIRED,
        OPTIONAL,
        /** The format has it and this version cannot carry it out. */
        LATER
    }

    static Key required(String name) {
        return new Key(name, Need.REQUIRED, "");
    }

    static Key optional(String name) {
        return new Key(name, Need.OPTIONAL, "");
    }

    static Key later(String name, String remark) {
        return new Key(name, Need.LATER, remark);
    }
}
