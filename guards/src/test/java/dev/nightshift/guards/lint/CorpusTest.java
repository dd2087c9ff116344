package dev.nightshift.guards.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishes how well the rules tell statements apart that they must flag from those that they must not. */
class CorpusTest {

    @ParameterizedTest
    @ValueSource(strings = {"examples.txt", "variants.txt"})
    void the_rules_have_this_precision_and_recall(String file) {
        List<Examples> corpus = Examples.read(file);
        List<Examples> found = corpus.stream().filter(ExamplesTest::isFlagged).toList();
        long right = count(found.stream());
        long wanted = count(corpus.stream());
        double precision = (double) right / found.size();
        double recall = (double) right / wanted;
        System.out.printf(
                Locale.ROOT,
                "%s: %d statements to flag, %d to accept; precision %.3f, recall %.3f%n",
                file,
                wanted,
                corpus.size() - wanted,
                precision,
                recall);
        assertThat(precision).isEqualTo(1);
        assertThat(recall).isEqualTo(1);
    }

    private static long count(Stream<Examples> examples) {
        return examples.filter(Examples::flagged).count();
    }
}
