package dev.nightshift.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The command lines in a Markdown text: those of shell blocks in full, and those that a sentence names. */
final class DocumentedCommands {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern IN_A_SENTENCE = Pattern.compile("`(?:\\./)?nightshift ([^`]+)`");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    /** What the launcher itself starts, and words that stand for any command. */
    private static final Set<String> NOT_OF_THE_PROGRAM = Set.of("demo", "bench", "VERB");

    /**
     * @param whole false where a sentence may leave out what the reader fills in
     */
    record Documented(String text, List<String> arguments, boolean whole) {}

    private DocumentedCommands() {}

    static List<Documented> in(String markdown) {
        Stream<Documented> blocks = BLOCK.matcher(markdown)
                .results()
                .flatMap(block -> block.group(1).lines())
                .map(line -> line.strip().replaceFirst("^\\./", ""))
                .filter(line -> line.startsWith("nightshift "))
                .map(line -> documented(line.substring("nightshift ".length()), true));
        String prose = BLOCK.matcher(markdown).replaceAll("");
        Stream<Documented> sentences =
                IN_A_SENTENCE.matcher(prose).results().map(match -> documented(match.group(1), false));
        return Stream.concat(blocks, sentences)
                .filter(one -> !NOT_OF_THE_PROGRAM.contains(one.arguments().get(0)))
                .toList();
    }

    private static Documented documented(String text, boolean whole) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text.replaceFirst("\\s+#.*$", ""));
        while (word.find()) {
            String found = Stream.of(1, 2, 3)
                    .map(word::group)
                    .filter(group -> group != null)
                    .findFirst()
                    .orElse("");
            words.add(found.equals("N") ? "5" : found);
        }
        return new Documented(text, words, whole);
    }
}
