package dev.nightshift.announce;

/** Who is told how the telling goes. */
public interface Tidings {

    /** How an attempt ended. */
    enum Outcome {
        TOLD,
        FAILED,
        GIVEN_UP;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** A message was sent, in vain or not, or given up. */
    void attempted(String receiver, Outcome outcome);

    /** Something that a person should know, in one sentence; not told again while it lasts. */
    void trouble(String receiver, String sentence);
}
