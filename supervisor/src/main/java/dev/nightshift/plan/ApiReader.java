package dev.nightshift.plan;

import static dev.nightshift.plan.Key.optional;
import static dev.nightshift.plan.Key.required;

import dev.nightshift.plan.ApiSettings.Tls;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads where the API is served. */
final class ApiReader {

    private static final List<Key> API = List.of(
            required("port"), optional("address"), optional("tls"), required("tokens"), optional("alertmanager"));
    private static final List<Key> ALERTMANAGER = List.of(required("abort"));
    private static final List<Key> TLS = List.of(required("certificate"), required("key"));
    private static final int HIGHEST_PORT = 65_535;
    private static final String LOOPBACK = "127.0.0.1";

    private final Path directory;

    /** @param directory where relative paths begin */
    ApiReader(Path directory) {
        this.directory = directory;
    }

    Optional<ApiSettings> read(Value api) {
        Optional<Fields> found = api.fields(API, "a mapping with `port` and `tokens`");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = found.get();
        Optional<Integer> port = fields.at("port").flatMap(value -> value.whole(0, HIGHEST_PORT));
        String address = fields.at("address")
                .flatMap(value -> value.as("an address such as 127.0.0.1", ApiReader::address))
                .orElse(LOOPBACK);
        Optional<Tls> tls = fields.at("tls").flatMap(this::tls);
        Optional<Path> tokens = path(fields, "tokens");
        boolean abort = fields.at("alertmanager")
                .flatMap(value -> value.fields(ALERTMANAGER, "a mapping with `abort`"))
                .flatMap(alerts -> alerts.at("abort"))
                .flatMap(Value::yesOrNo)
                .orElse(false);
        return fields.build(() -> new ApiSettings(port.orElseThrow(), address, tls, tokens.orElseThrow(), abort));
    }

    private Optional<Tls> tls(Value tls) {
        Optional<Fields> found = tls.fields(TLS, "a mapping with `certificate` and `key`");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = found.get();
        Optional<Path> certificate = path(fields, "certificate");
        Optional<Path> key = path(fields, "key");
        return fields.build(() -> new Tls(certificate.orElseThrow(), key.orElseThrow()));
    }

    private Optional<Path> path(Fields fields, String key) {
        return fields.at(key).flatMap(value -> value.as("a file's path", this::resolve));
    }

    private Path resolve(String text) {
        try {
            return directory.resolve(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected a file's path, found one that cannot be: " + e.getReason(), e);
        }
    }

    private static String address(String text) {
        if (!text.matches("[0-9A-Za-z.:-]+")) {
            throw new IllegalArgumentException("expected an address such as 127.0.0.1, found '" + text + "'");
        }
        return text;
    }
}
