package dev.nightshift.plan;

/** A column becomes NOT NULL by a validated check, which spares PostgreSQL the scan under its lock. */
record NotNullRecipe(String name, TableName table, Identifier column) {

    Recipe recipe() {
        Identifier check = DerivedName.of(table.name(), column.name(), "filled");
        String alter = "ALTER COLUMN " + column.quoted();
        Precondition ready = new Precondition(table);
        ready.refuseIfAny(
                        "SELECT WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = "
                                + ready.relation() + " AND attname = " + Sql.literal(column.name())
                                + " AND NOT attnotnull)",
                        table + " has no column " + column + " that may be NULL")
                .freeConstraint(check);
        return new Expansion("not-null", name)
                .statement("ready", ready.block())
                .making(
                        "constraint " + check + " of " + table,
                        "check",
                        Sql.alter(
                                table,
                                "ADD CONSTRAINT " + check.quoted() + " CHECK (" + column.quoted()
                                        + " IS NOT NULL) NOT VALID"),
                        Sql.alter(table, "DROP CONSTRAINT IF EXISTS " + check.quoted()))
                .statement("validate", Sql.alter(table, "VALIDATE CONSTRAINT " + check.quoted()))
                .statement("set", Sql.alter(table, alter + " SET NOT NULL"))
                .undo("set", Sql.alter(table, alter + " DROP NOT NULL"))
                .statement("drop-check", Sql.alter(table, "DROP CONSTRAINT " + check.quoted()))
                .recipe("Makes " + column + " of " + table
                        + " NOT NULL: a check is proved beside readers and writers, so that nothing is scanned under a"
                        + " lock.");
    }
}
