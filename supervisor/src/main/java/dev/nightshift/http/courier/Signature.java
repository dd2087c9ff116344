package dev.nightshift.http.courier;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages as Standard Webhooks do: HMAC-SHA256 over id, instant and body, with each of the keys, so that a receiver
 * takes both while one follows the other.
 *
 * @see <a href="https://www.standardwebhooks.com">standardwebhooks.com</a>
 */
final class Signature {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private final List<byte[]> keys;

    private Signature(List<byte[]> keys) {
        this.keys = keys;
    }

    /**
     * With the keys of a text, one a line.
     *
     * @throws Revealed.Refusal when a line is none
     */
    static Signature with(String text) {
        List<byte[]> keys = new ArrayList<>();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> keys.add(key(line)));
        return new Signature(keys);
    }

    private static byte[] key(String line) {
        try {
            byte[] key = Base64.getDecoder().decode(line.substring(line.startsWith(PREFIX) ? PREFIX.length() : 0));
            if (line.startsWith(PREFIX) && key.length >= SHORTEST && key.length <= LONGEST) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for one that is too short.
        }
        throw new Revealed.Refusal("a signing secret is none: expected whsec_ and 24 to 64 bytes in base64, such as"
                + " `echo whsec_$(openssl rand -base64 32)` makes");
    }

    /** The value of the header {@code webhook-signature}. */
    String of(String id, long epochSecond, byte[] body) {
        List<String> all = new ArrayList<>();
        for (byte[] key : keys) {
            all.add("v1," + Base64.getEncoder().encodeToString(hmac(key, id + "." + epochSecond + ".", body)));
        }
        return String.join(" ", all);
    }

    private static byte[] hmac(byte[] key, String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
