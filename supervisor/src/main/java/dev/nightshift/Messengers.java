package dev.nightshift;

import dev.nightshift.announce.Tidings;
import dev.nightshift.cli.Serving.Told;
import dev.nightshift.drive.Event;
import dev.nightshift.metrics.NotificationMetrics;
import dev.nightshift.metrics.ServiceMetrics;
import dev.nightshift.plan.Receiver;
import dev.nightshift.plan.ServeSettings;
import dev.nightshift.run.Trouble;
import java.util.Map;
import java.util.Optional;

/** Tells the receivers of the settings, whichever they are now; for one thread at a time that may block. */
final class Messengers {

    private final Map<String, String> environment;
    private final ServiceMetrics metrics;
    private final Told told;
    private Optional<LocalNotifying.Ongoing> telling = Optional.empty();

    Messengers(Map<String, String> environment, ServiceMetrics metrics, Told told) {
        this.environment = environment;
        this.metrics = metrics;
        this.told = told;
    }

    /**
     * Tells from now on as these settings say.
     *
     * @throws Trouble when a receiver cannot be told; then everything stays as it was
     */
    synchronized void follow(ServeSettings settings) {
        Optional<LocalNotifying.Ongoing> next =
                settings.receivers().isEmpty() ? Optional.empty() : Optional.of(begin(settings));
        leave();
        telling = next;
    }

    /** What is left stays in the journals. */
    synchronized void leave() {
        telling.ifPresent(LocalNotifying.Ongoing::leave);
        telling = Optional.empty();
    }

    private LocalNotifying.Ongoing begin(ServeSettings settings) {
        NotificationMetrics counts =
                metrics.tells(settings.receivers().stream().map(Receiver::name).toList());
        return new LocalNotifying(environment)
                .begin(settings.receivers(), settings.databases(), database -> new Tidings() {
                    @Override
                    public void attempted(String receiver, Outcome outcome) {
                        counts.attempted(receiver, outcome);
                    }

                    @Override
                    public void trouble(String receiver, String sentence) {
                        told.happened(database, new Event("notify", receiver, "receiver " + receiver + " " + sentence));
                    }
                });
    }
}
