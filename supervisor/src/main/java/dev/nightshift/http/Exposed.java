package dev.nightshift.http;

/** What a supervisor shows over HTTP; asked from the server's event loop, so it answers at once. */
public interface Exposed {

    /** All metrics in Prometheus' text format. */
    String metrics();

    /** Whether a run is being supervised and its database answered lately. */
    boolean isReady();

    /** Told each second while the event loop that supervises goes round. */
    void beat();
}
