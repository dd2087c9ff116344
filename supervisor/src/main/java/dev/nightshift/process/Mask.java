package dev.nightshift.process;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes the secrets of a tool's environment out of what it prints. */
public final class Mask {

    private static final String SHOWN = "•••";

    /** A shorter one would take ordinary words apart. */
    private static final int SHORTEST = 4;

    private static final Pattern SECRET =
            Pattern.compile("(?i).*(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|_KEY|APIKEY).*");

    private final List<String> secrets;

    private Mask(List<String> secrets) {
        this.secrets = secrets;
    }

    /** Of whatever looks like a secret among these variables. */
    public static Mask of(Map<String, String> environment) {
        List<String> secrets = new ArrayList<>();
        environment.forEach((name, value) -> {
            if (SECRET.matcher(name).matches()) {
                secrets.add(value);
                secrets.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
            if (value.contains("://") && value.contains("@")) {
                ofUrl(value, secrets);
            }
        });
        return new Mask(secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    private static void ofUrl(String text, List<String> secrets) {
        try {
            String user = new URI(text.replaceFirst("^[^:]+", "any")).getRawAuthority();
            int at = user == null ? -1 : user.lastIndexOf('@');
            int colon = at < 0 ? -1 : user.indexOf(':');
            if (colon >= 0 && colon < at) {
                secrets.add(user.substring(colon + 1, at));
            }
        } catch (URISyntaxException e) {
            secrets.add(text);
        }
    }

    public String of(String line) {
        String masked = line;
        for (String secret : secrets) {
            masked = masked.replace(secret, SHOWN);
        }
        return masked;
    }
}
