package dev.nightshift.run;

/** The abort plan is complete. */
public record Aborted(Cause cause) implements RunState {

    @Override
    public boolean isEnd() {
        return true;
    }

    @Override
    public Move on(RunEvent event) {
        return stay();
    }
}
