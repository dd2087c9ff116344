package dev.nightshift.plan;

/** Asks a question whose answer must be one row with true; anything else fails the run. */
public record VerifyStep(String name, String sql) implements Step {

    public VerifyStep {
        Names.check("a step's name", name);
        sql = query(sql).text();
    }

    static SqlStatement query(String sql) {
        SqlStatement statement = StatementStep.one(sql);
        if (!statement.isQuery()) {
            throw new IllegalArgumentException(
                    "expected a query such as SELECT count(*) = 0 FROM …, found '" + statement.text() + "'");
        }
        return statement;
    }

    @Override
    public StatementClass statementClass() {
        return StatementClass.CANCEL_ONLY;
    }

    @Override
    public String kind() {
        return "verify";
    }
}
