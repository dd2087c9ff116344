package dev.nightshift.http.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Single values of a document. */
final class Read {

    private Read() {}

    static Instant instant(JsonObject from, String name) {
        return Instant.parse(from.getString(name));
    }

    static Optional<Instant> maybe(JsonObject from, String name) {
        return Optional.ofNullable(from.getString(name)).map(Instant::parse);
    }

    static OptionalLong whole(JsonObject from, String name) {
        @Nullable Long value = from.getLong(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static OptionalDouble real(JsonObject from, String name) {
        @Nullable Double value = from.getDouble(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    static Duration seconds(JsonObject from, String name) {
        return Duration.ofMillis(Math.round(from.getDouble(name) * 1000));
    }

    static <T> Optional<T> object(JsonObject from, String name, Function<JsonObject, T> read) {
        return Optional.ofNullable(from.getJsonObject(name)).map(read);
    }

    static <T> List<T> list(JsonObject from, String name, Function<JsonObject, T> read) {
        return from.getJsonArray(name, new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(read)
                .toList();
    }

    static List<String> texts(JsonObject from, String name) {
        return from.getJsonArray(name, new JsonArray()).stream()
                .map(String.class::cast)
                .toList();
    }

    static <E extends Enum<E>> E word(Class<E> words, JsonObject from, String name) {
        return Enum.valueOf(words, from.getString(name).toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
