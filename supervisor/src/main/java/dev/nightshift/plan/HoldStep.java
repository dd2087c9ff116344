package dev.nightshift.plan;

/** Waits until a person approves. */
public record HoldStep(String name) implements Step {

    public HoldStep {
        Names.check("a step's name", name);
    }

    @Override
    public StatementClass statementClass() {
        return StatementClass.PAUSABLE;
    }

    @Override
    public String kind() {
        return "hold";
    }
}
