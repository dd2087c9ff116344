package dev.nightshift.metrics;

import dev.nightshift.drive.Tick;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.Freeze;
import dev.nightshift.time.Window;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Whether the run may work by its plan's window, whatever it does, and until when. */
final class WindowMetrics {

    private final DoubleConsumer open;
    private final DoubleConsumer closes;
    private final DoubleConsumer frozen;
    private Optional<Window> window = Optional.empty();

    WindowMetrics(Board board) {
        open = board.gauge("window.open", "1 while the plan's window is open; a plan without one is always open");
        closes = board.gauge(
                "window.close.timestamp.seconds", "When the open window closes; not while the database is frozen");
        frozen = board.gauge("frozen", "1 while a change freeze is on in the database, so that no run may work there");
    }

    void follows(Plan plan) {
        window = Optional.of(plan.window());
    }

    /** A freeze holds whether a run is supervised or not. */
    void see(List<Freeze> freezes) {
        frozen.accept(freezes.isEmpty() ? 0 : 1);
    }

    void see(Tick tick) {
        window.ifPresent(hours -> open.accept(hours.isOpen(tick.at()) ? 1 : 0));
        closes.accept(tick.windowCloses().map(Board::epoch).orElse(Double.NaN));
    }

    void rest() {
        open.accept(Double.NaN);
        closes.accept(Double.NaN);
    }
}
