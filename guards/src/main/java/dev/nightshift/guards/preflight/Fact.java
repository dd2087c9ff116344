package dev.nightshift.guards.preflight;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Something that was looked up, or why that could not be done and what would help. */
public final class Fact<T> {

    private final @Nullable T value;
    private final String why;
    private final String remedy;

    private Fact(@Nullable T value, String why, String remedy) {
        this.value = value;
        this.why = why;
        this.remedy = remedy;
    }

    public static <T> Fact<T> of(T value) {
        return new Fact<>(value, "", "");
    }

    public static <T> Fact<T> unknown(String why, String remedy) {
        return new Fact<>(null, why, remedy);
    }

    /** {@code fallback} where it is not known. */
    public T or(T fallback) {
        return value == null ? fallback : value;
    }

    /** The one or the other: of the value, or of why it is not known and what would help. */
    public <R> R fold(Function<T, R> known, BiFunction<String, String, R> unknown) {
        return value == null ? unknown.apply(why, remedy) : known.apply(value);
    }

    /** What the rule says of the value; UNKNOWN without one. */
    List<Answer> judge(Function<T, List<Answer>> rule) {
        return value == null ? List.of(Answer.unknown(why, remedy)) : rule.apply(value);
    }
}
