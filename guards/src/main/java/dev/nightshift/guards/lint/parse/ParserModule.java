package dev.nightshift.guards.lint.parse;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The WebAssembly file that stands in this package: libpg-query.wasm of the npm package libpg-query 18.1.5. */
final class ParserModule {
    static final String FILE = "libpg-query.wasm";
    static final String SHA256 = "378b64e6182f65c71ad5dbd2c31c81e9dfed7d2f2debfb4b51c0d0de8fa2ae36";

    private ParserModule() {}

    static void checkSum() {
        String sum = HexFormat.of().formatHex(sha256(bytes()));
        if (!sum.equals(SHA256)) {
            throw new ParserBroken(FILE + " is not the file it should be: its sha256 is " + sum);
        }
    }

    static byte[] bytes() {
        try (InputStream in = ParserModule.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new ParserBroken(FILE + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ParserBroken(FILE + " cannot be read", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new ParserBroken("no SHA-256 on this machine", e);
        }
    }
}
