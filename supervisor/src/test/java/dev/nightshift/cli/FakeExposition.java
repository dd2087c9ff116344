package dev.nightshift.cli;

import dev.nightshift.announce.Tidings;
import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.Tick;
import dev.nightshift.run.RunRecord;
import java.util.List;

/** Metrics that nobody looks at. */
record FakeExposition(List<String> done) implements Exposition.Shown, Announcer {
    @Override
    public int port() {
        return 9090;
    }

    @Override
    public Announcer announcer() {
        return this;
    }

    @Override
    public void happened(RunRecord run, Event event) {
        done.add("counted " + event.kind());
    }

    @Override
    public void ticked(Tick tick) {}

    @Override
    public void attempted(String receiver, Tidings.Outcome outcome) {
        done.add("counted " + outcome.word() + " of " + receiver);
    }

    @Override
    public void close() {
        done.add("hid metrics");
    }
}
