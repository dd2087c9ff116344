package dev.nightshift.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Who may speak to the API: a name, a role and the hash of a secret that only its bearer has.
 *
 * @param sha256 of the secret, in hexadecimal; the secret is random and long, so a slow hash would protect nothing more
 */
public record ApiToken(String name, Role role, String sha256) {

    private static final int SECRET_BYTES = 32;

    public ApiToken {
        sha256 = sha256.toLowerCase(Locale.ROOT);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new IllegalArgumentException(
                    "expected a name of letters, digits, '.', '_' and '-' such as ann, found '" + name + "'");
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("expected a SHA-256 of 64 hexadecimal digits, found another form");
        }
    }

    /** A secret of 256 random bits; its beginning lets scanners of repositories find one that was left there. */
    public static String secret(RandomGenerator random) {
        byte[] bits = new byte[SECRET_BYTES];
        random.nextBytes(bits);
        return "nightshift_" + HexFormat.of().formatHex(bits);
    }

    public static String hash(String secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A line of the file that {@link TokensReader} reads. */
    public String line() {
        return "- {name: \"" + name + "\", role: " + role.word() + ", sha256: \"" + sha256 + "\"}";
    }
}
