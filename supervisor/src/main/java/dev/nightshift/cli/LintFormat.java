package dev.nightshift.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** In which form findings are printed. */
enum LintFormat {
    TEXT,
    JSON,
    /** SARIF 2.1.0. */
    SARIF,
    /** Workflow commands of GitHub. */
    GITHUB;

    /** Reads the words of an enum in lower case. */
    abstract static class Words<E extends Enum<E>> implements ITypeConverter<E> {
        private final List<E> known;

        Words(Class<E> type) {
            this.known = List.of(type.getEnumConstants());
        }

        @Override
        public E convert(String text) {
            return known.stream()
                    .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "expected one of " + known.toString().toLowerCase(Locale.ROOT) + ", found '" + text + "'"));
        }
    }

    /** Reads {@code text}, {@code json}, {@code sarif} or {@code github}. */
    static final class Word extends Words<LintFormat> {
        Word() {
            super(LintFormat.class);
        }
    }
}
