package dev.nightshift.guards.preflight;

import java.util.List;

/** Two migrations at once wait for each other, or work on what the other is about to change. */
final class SingletonCheck {

    private SingletonCheck() {}

    static List<Answer> judge(Situation situation) {
        return Answer.each(
                situation.activity().migrations(),
                Answer.fail("", "let it end; a lock row whose owner died is released with that tool"),
                "no other migration tool is at work");
    }
}
