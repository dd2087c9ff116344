package dev.nightshift.http.token;

import dev.nightshift.plan.ApiToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** Finds whose secret one is; how long that takes does not depend on the secret. */
public record Bearers(List<ApiToken> tokens) {

    public Bearers {
        tokens = List.copyOf(tokens);
    }

    public Optional<ApiToken> of(String secret) {
        byte[] hash = ApiToken.hash(secret).getBytes(StandardCharsets.US_ASCII);
        Optional<ApiToken> found = Optional.empty();
        for (ApiToken token : tokens) {
            boolean same = MessageDigest.isEqual(hash, token.sha256().getBytes(StandardCharsets.US_ASCII));
            found = same ? Optional.of(token) : found;
        }
        return found;
    }
}
