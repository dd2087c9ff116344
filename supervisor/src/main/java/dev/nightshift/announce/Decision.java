package dev.nightshift.announce;

import java.util.List;

/**
 * What becomes of events that were new.
 *
 * @param messages what is told, in this order
 * @param passedOver what was to be told and is not: holds that were over soon
 * @param upto everything up to this event is settled
 */
public record Decision(List<Message> messages, List<Occurrence> passedOver, long upto) {

    public Decision {
        messages = List.copyOf(messages);
        passedOver = List.copyOf(passedOver);
    }

    boolean isEmpty() {
        return messages.isEmpty() && passedOver.isEmpty();
    }

    /** Events that are told in one message, the oldest first; the message is that of the last. */
    public record Message(List<Occurrence> all) {

        public Message {
            all = List.copyOf(all);
        }

        public Occurrence last() {
            return all.get(all.size() - 1);
        }
    }
}
