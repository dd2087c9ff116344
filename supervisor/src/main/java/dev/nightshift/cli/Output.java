package dev.nightshift.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** In which form a command prints its data. */
enum Output {
    TEXT,
    JSON,
    /** Markdown. */
    MD;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@code text} or {@code json}. */
    static final class TextOrJson extends Words {
        TextOrJson() {
            super(TEXT, JSON);
        }
    }

    /** Reads {@code md} or {@code json}. */
    static final class MarkdownOrJson extends Words {
        MarkdownOrJson() {
            super(MD, JSON);
        }
    }

    private abstract static class Words implements ITypeConverter<Output> {
        private final List<Output> known;

        Words(Output... known) {
            this.known = List.of(known);
        }

        @Override
        public Output convert(String text) {
            return known.stream()
                    .filter(output -> output.word().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("expected one of "
                            + Arrays.toString(known.stream().map(Output::word).toArray()) + ", found '" + text + "'"));
        }
    }
}
