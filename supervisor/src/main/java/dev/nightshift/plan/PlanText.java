package dev.nightshift.plan;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Turns text into YAML nodes without trusting it: events are looked at before any tree is built, because a tree of deep
 * nesting ends in a stack overflow and one of aliases in a bomb.
 */
final class PlanText {

    /** A plan is a page or two; this is fifty. */
    static final int MOST_CHARACTERS = 256 * 1024;

    /** A plan has five levels. */
    static final int DEEPEST = 20;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setAllowDuplicateKeys(true)
            .setCodePointLimit(MOST_CHARACTERS)
            .build();

    private final Problems problems;
    private int depth;
    private int documents;

    private PlanText(Problems problems) {
        this.problems = problems;
    }

    /** The plan's tree; empty after reporting why there is none. */
    static Optional<Node> compose(String source, Problems problems) {
        String text = source.startsWith("\uFEFF") ? source.substring(1) : source;
        int broken = text.indexOf('\uFFFD');
        if (text.length() > MOST_CHARACTERS) {
            problems.at(1, 1, "", "expected at most " + MOST_CHARACTERS + " characters, found " + text.length());
        } else if (broken >= 0) {
            atIndex(text, broken, problems, "expected UTF-8 text, found bytes that are none");
        } else {
            return new PlanText(problems).composeText(text);
        }
        return Optional.empty();
    }

    private Optional<Node> composeText(String text) {
        try {
            return isHarmless(text) ? new Compose(SETTINGS).composeString(text) : Optional.empty();
        } catch (MarkedYamlEngineException e) {
            boolean tab = e.getProblemMark().filter(PlanText::isAtTab).isPresent();
            String found = tab ? "a tab where YAML takes spaces only" : "an error in it: " + e.getProblem();
            problems.at(e.getProblemMark(), "", "expected YAML, found " + found);
        } catch (ReaderException e) {
            int characters = text.codePointCount(0, text.length());
            int index = text.offsetByCodePoints(0, Math.max(0, Math.min(characters, e.getPosition())));
            atIndex(text, index, problems, "expected text, found a control character");
        } catch (YamlEngineException e) {
            problems.at(1, 1, "", "expected YAML, found an error in it: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static boolean isAtTab(Mark mark) {
        return mark.getPointer() < mark.getBuffer().length && mark.getBuffer()[mark.getPointer()] == '\t';
    }

    private boolean isHarmless(String text) {
        int before = problems.count();
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            look(event);
            if (depth > DEEPEST || documents > 1) {
                return false;
            }
        }
        if (documents == 0) {
            problems.at(1, 1, "", "expected YAML, found nothing");
        }
        return problems.count() == before;
    }

    private void look(Event event) {
        if (event instanceof DocumentStartEvent && ++documents > 1) {
            problems.at(event.getStartMark(), "", "expected one YAML document in the file, found a second");
        } else if (event instanceof CollectionEndEvent) {
            depth--;
        } else if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
            problems.at(event.getStartMark(), "", "expected at most " + DEEPEST + " levels of nesting, found more");
        }
        if (event instanceof NodeEvent node
                && (event instanceof AliasEvent || node.getAnchor().isPresent())) {
            problems.at(
                    event.getStartMark(),
                    "",
                    "expected each value where it belongs, found a YAML "
                            + (event instanceof AliasEvent ? "alias" : "anchor"));
        }
        if (isTagged(event)) {
            problems.at(event.getStartMark(), "", "expected a value without a YAML tag, found one");
        }
    }

    private static boolean isTagged(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag().isPresent();
        }
        return event instanceof CollectionStartEvent start && start.getTag().isPresent();
    }

    private static void atIndex(String text, int index, Problems problems, String message) {
        String before = text.substring(0, index);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length()) + 1;
        problems.at(line, column, "", message);
    }
}
