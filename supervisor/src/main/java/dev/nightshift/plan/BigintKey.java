package dev.nightshift.plan;

/** What a key that becomes a bigint is, and the names of all that is made for it. */
record BigintKey(TableName table, Identifier column) {

    /** Its own default, sequence and key come along; so does what newer servers keep as a constraint: NOT NULL. */
    private static final String COMES_ALONG = " AND NOT (d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass)"
            + " AND NOT (d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype IN ('a', 'i')"
            + " AND EXISTS (SELECT FROM pg_catalog.pg_class s WHERE s.oid = d.objid AND s.relkind = 'S'))"
            + " AND NOT (d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass"
            + " AND EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.oid = d.objid AND k.conrelid = d.refobjid"
            + " AND k.contype IN ('p', 'n')))";

    Identifier wide() {
        return DerivedName.of(column.name(), "bigint");
    }

    Identifier old() {
        return DerivedName.of(column.name(), "old");
    }

    /** Of the trigger and its function. Triggers fire by name: after this one hardly any can change the key. */
    Identifier sync() {
        return DerivedName.of("zz", table.name(), column.name(), "bigint");
    }

    Identifier agree() {
        return DerivedName.of(table.name(), column.name(), "bigint", "agrees");
    }

    Identifier index() {
        return DerivedName.of(table.name(), column.name(), "bigint", "key");
    }

    /** As statements name it. */
    String function() {
        return new TableName(table.schema(), sync().name()).quoted() + "()";
    }

    String relation() {
        return Sql.literal(table.quoted()) + "::pg_catalog.regclass";
    }

    /** Fails before anything is made. */
    Precondition ready() {
        Precondition ready = new Precondition(table)
                .ordinaryTable(
                        table + " is no ordinary table: columns of its partitions cannot change places one by one")
                .refuseIfAny(
                        "SELECT FROM pg_catalog.pg_inherits WHERE " + relation() + " IN (inhrelid, inhparent)",
                        table + " is a partition or inherits: its columns cannot change places alone")
                .refuseIfAny(
                        without("pg_catalog.pg_attribute a WHERE " + named("a") + " AND NOT a.attisdropped"
                                + " AND a.atttypid IN ('int4'::pg_catalog.regtype, 'int2'::pg_catalog.regtype)"),
                        table + " has no column " + column + " of type integer or smallint")
                .refuseIfAny(
                        without("pg_catalog.pg_constraint c"
                                + " JOIN pg_catalog.pg_index i ON i.indexrelid = c.conindid AND i.indnatts = 1"
                                + " JOIN pg_catalog.pg_attribute a ON " + named("a")
                                + " AND c.conkey = ARRAY[a.attnum] WHERE c.conrelid = " + relation()
                                + " AND c.contype = 'p' AND NOT c.condeferrable AND NOT i.indisreplident"),
                        "the primary key of " + table + " is not just " + column
                                + ", or it is deferrable, or chosen as replica identity by its index")
                .refuseIfAny(
                        "SELECT FROM pg_catalog.pg_attribute a WHERE " + named("a") + " AND a.attacl IS NOT NULL",
                        "privileges were granted on column " + column + " of " + table
                                + " alone: grant them on the table instead");
        return nothingElseDepends(ready)
                .freeColumn(wide())
                .freeColumn(old())
                .freeConstraint(agree())
                .freeRelation(index())
                .refuseIfAny(
                        "SELECT FROM pg_catalog.pg_trigger WHERE tgrelid = " + relation() + " AND tgname = "
                                + Sql.literal(sync().name()),
                        "trigger " + sync() + " of " + table + " is there already")
                .refuseIfAny(
                        "SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE"
                                + " n.nspname = " + Sql.literal(table.schema()) + " AND p.proname = "
                                + Sql.literal(sync().name()),
                        "function " + new TableName(table.schema(), sync().name()) + " is there already");
    }

    /** What would go on using the old column after the swap, told by its name. */
    Precondition nothingElseDepends(Precondition condition) {
        return condition
                .refuseNamed(
                        "SELECT pg_catalog.string_agg(pg_catalog.format('%I of %s', conname, conrelid::pg_catalog.regclass),"
                                + " ', ') FROM pg_catalog.pg_constraint JOIN pg_catalog.pg_attribute a ON " + named("a")
                                + " WHERE contype = 'f' AND confrelid = a.attrelid AND a.attnum = ANY (confkey)"
                                + " AND conparentid = 0",
                        "foreign keys refer to " + table
                                + "; drop them, give their columns type bigint, and add them again after the swap")
                .refuseNamed(
                        "SELECT pg_catalog.string_agg(DISTINCT pg_catalog.pg_describe_object(d.classid, d.objid,"
                                + " d.objsubid), ', ') FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_attribute a ON "
                                + named("a") + " WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass"
                                + " AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum" + COMES_ALONG,
                        "these use column " + column + " of " + table
                                + " and would stay with the old one; drop them and make them again after the swap");
    }

    private String named(String attribute) {
        return attribute + ".attrelid = " + relation() + " AND " + attribute + ".attname = "
                + Sql.literal(column.name());
    }

    private static String without(String rows) {
        return "SELECT WHERE NOT EXISTS (SELECT FROM " + rows + ")";
    }
}
