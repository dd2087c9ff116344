package dev.nightshift.postgres;

import dev.nightshift.run.RunId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comment on a table of old values: which step of which run made it. */
record KeptMark(String step, RunId run) {

    private static final String TEXT = "old and new values of the rows that step %s of nightshift run %s changed";
    private static final Pattern WRITTEN = Pattern.compile(TEXT.formatted("(\\S+)", "([0-9a-z]{6})"));

    static Optional<KeptMark> read(String comment) {
        Matcher matcher = WRITTEN.matcher(comment);
        return matcher.matches()
                ? Optional.of(new KeptMark(matcher.group(1), new RunId(matcher.group(2))))
                : Optional.empty();
    }

    String text() {
        return TEXT.formatted(step, run);
    }
}
