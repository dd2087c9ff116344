package dev.nightshift.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects what is wrong with one file. */
final class Problems {

    private static final Comparator<PlanProblem> BY_PLACE =
            Comparator.comparingInt(PlanProblem::line).thenComparingInt(PlanProblem::column);

    private final String file;
    private final String content;
    private final List<PlanProblem> found = new ArrayList<>();

    Problems(String file) {
        this(file, "plan");
    }

    /** @param content what the file holds, in one word */
    Problems(String file, String content) {
        this.file = file;
        this.content = content;
    }

    void at(Optional<Mark> mark, String path, String message) {
        at(mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1, path, message);
    }

    void at(int line, int column, String path, String message) {
        found.add(new PlanProblem(file, line, column, path.isEmpty() ? content : printable(path), printable(message)));
    }

    int count() {
        return found.size();
    }

    List<PlanProblem> byPlace() {
        return found.stream().sorted(BY_PLACE).toList();
    }

    /** One line for a terminal, whatever the file holds. */
    private static String printable(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Cn}]", "\uFFFD");
    }
}
