package dev.nightshift.announce;

import java.time.Duration;
import java.util.Optional;

/**
 * How a receiver took a message.
 *
 * @param words for people; never with anything secret in it
 * @param after when the receiver wants to be asked again, where it said so
 */
public record Answer(Kind kind, String words, Optional<Duration> after) {

    /** What that means for the message. */
    public enum Kind {
        /** The receiver has it. */
        TAKEN,
        /** It may be taken later. */
        LATER,
        /** This message is not taken, however often it is sent. */
        NEVER
    }

    public static Answer taken(String words) {
        return new Answer(Kind.TAKEN, words, Optional.empty());
    }

    public static Answer later(String words) {
        return new Answer(Kind.LATER, words, Optional.empty());
    }

    public static Answer never(String words) {
        return new Answer(Kind.NEVER, words, Optional.empty());
    }
}
