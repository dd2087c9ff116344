package dev.nightshift.guards.preflight;

import java.util.ArrayList;
import java.util.List;

/**
 * What a rule says of the facts.
 *
 * @param seen figures and names, with the limit beside each figure that was held against one
 * @param remedy what to do; nothing where all is well
 */
record Answer(Outcome outcome, String seen, String remedy) {

    static Answer pass(String seen) {
        return new Answer(Outcome.PASS, seen, "");
    }

    static Answer warn(String seen, String remedy) {
        return new Answer(Outcome.WARN, seen, remedy);
    }

    static Answer fail(String seen, String remedy) {
        return new Answer(Outcome.FAIL, seen, remedy);
    }

    static Answer unknown(String why, String remedy) {
        return new Answer(Outcome.UNKNOWN, why, remedy);
    }

    /** The faults, or that there are none. */
    static List<Answer> orPass(List<Answer> faults, String seen) {
        return faults.isEmpty() ? List.of(pass(seen)) : List.copyOf(faults);
    }

    /** One answer for all names, or that there are none. */
    static List<Answer> each(List<String> names, Answer fault, String otherwise) {
        List<Answer> answers = new ArrayList<>();
        if (!names.isEmpty()) {
            answers.add(new Answer(fault.outcome(), fault.seen() + String.join(", ", names), fault.remedy()));
        }
        return orPass(answers, otherwise);
    }
}
