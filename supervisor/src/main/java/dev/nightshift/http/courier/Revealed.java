package dev.nightshift.http.courier;

import dev.nightshift.plan.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;

/** Reads secrets where they stand, each time anew: one that was renewed is used from then on. */
final class Revealed {

    private static final int LONGEST = 16_384;

    private final Map<String, String> environment;

    Revealed(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * What stands there; for a thread that may block.
     *
     * @throws Refusal when there is nothing
     */
    String of(Secret secret) {
        String text = secret instanceof Secret.InFile file
                ? read(file)
                : secret instanceof Secret.InEnvironment variable
                        ? environment.getOrDefault(variable.variable(), "")
                        : ((Secret.Open) secret).value();
        if (text.isBlank()) {
            throw new Refusal(secret + " holds nothing");
        }
        return text.strip();
    }

    private static String read(Secret.InFile secret) {
        try {
            if (Files.size(secret.file()) > LONGEST) {
                throw new Refusal(secret + " is larger than a secret");
            }
            return Files.readString(secret.file(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Refusal(secret + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** Why nothing can be sent; its message holds nothing secret. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refusal(String why) {
            super(why, null, false, false);
        }
    }
}
