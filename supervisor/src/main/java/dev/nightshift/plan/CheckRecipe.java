package dev.nightshift.plan;

/** A check that holds for new rows at once, and for the old ones when it is validated. */
record CheckRecipe(String name, TableName table, String condition) {

    Recipe recipe() {
        Identifier constraint = DerivedName.of(table.name(), name.replace('-', '_'), "check");
        return new Expansion("check", name)
                .statement(
                        "ready",
                        new Precondition(table).freeConstraint(constraint).block())
                .making(
                        "constraint " + constraint + " of " + table,
                        "add",
                        Sql.alter(
                                table,
                                "ADD CONSTRAINT " + constraint.quoted() + " CHECK (" + condition + ") NOT VALID"),
                        Sql.alter(table, "DROP CONSTRAINT IF EXISTS " + constraint.quoted()))
                .statement("validate", Sql.alter(table, "VALIDATE CONSTRAINT " + constraint.quoted()))
                .recipe("Adds check " + constraint + " to " + table + " and proves it beside readers and writers.");
    }
}
