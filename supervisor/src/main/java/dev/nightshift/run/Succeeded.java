package dev.nightshift.run;

/** Every step is done and nothing of the run is left behind. */
public record Succeeded() implements RunState {

    @Override
    public boolean isEnd() {
        return true;
    }

    @Override
    public Move on(RunEvent event) {
        return stay();
    }
}
