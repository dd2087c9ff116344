package dev.nightshift.http.page;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A file of the page.
 *
 * @param etag the same for the same bytes, in quotes
 */
record PageFile(String type, Buffer bytes, String etag) {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** @param resource its whole name on the class path */
    static PageFile read(String resource) {
        byte[] bytes = bytes(resource);
        String ending = resource.substring(resource.lastIndexOf('.') + 1);
        return new PageFile(
                TYPES.getOrDefault(ending, "text/plain; charset=utf-8"), Buffer.buffer(bytes), '"' + hash(bytes) + '"');
    }

    static byte[] bytes(String resource) {
        try (InputStream file = PageFile.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("the program was built without " + resource);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(whole, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
