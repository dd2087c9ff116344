package dev.nightshift.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of a plan's text, in 64 hexadecimal digits: two plans with one hash are one plan. */
public record PlanHash(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final int SHORT = 12;

    public PlanHash {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("expected 64 hexadecimal digits, found '" + hex + "'");
        }
    }

    public static PlanHash of(String source) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return new PlanHash(HexFormat.of().formatHex(sha256.digest(source.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The first 12 digits, as people see it. */
    @Override
    public String toString() {
        return hex.substring(0, SHORT);
    }
}
