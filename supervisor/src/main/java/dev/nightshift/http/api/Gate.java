package dev.nightshift.http.api;

import dev.nightshift.http.token.Bearers;
import dev.nightshift.http.token.FailureLimit;
import dev.nightshift.plan.ApiToken;
import dev.nightshift.plan.Role;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Lets a request on only with the token of somebody who may. */
final class Gate {

    private static final String SCHEME = "bearer ";

    private final Supplier<Bearers> bearers;
    private final FailureLimit failures;

    Gate(Supplier<Bearers> bearers, LongSupplier nanos) {
        this.bearers = bearers;
        this.failures = new FailureLimit(nanos);
    }

    /** Who it is; nothing of the body was read yet. */
    void who(RoutingContext context) {
        Request request = new Request(context);
        Optional<ApiToken> token = secret(request.header("authorization"))
                .flatMap(secret -> bearers.get().of(secret));
        if (token.isPresent()) {
            request.setBearer(token.get());
            context.next();
            return;
        }
        Optional<Duration> pause = failures.failed(request.from());
        if (pause.isPresent()) {
            Problem.of(429, "too-many-failures", "Too many wrong tokens", "wait, then come with a good one")
                    .after(pause.get())
                    .send(context.response());
            return;
        }
        context.response().putHeader("www-authenticate", "Bearer realm=\"nightshift\"");
        Problem.of(401, "no-token", "A token is needed", "send: Authorization: Bearer TOKEN; it is none that is known")
                .send(context.response());
    }

    /** Whether who it is may do it. */
    static void may(RoutingContext context, Role needed) {
        Role role = new Request(context).bearer().role();
        if (role.covers(needed)) {
            context.next();
        } else {
            refusal(role, needed).send(context.response());
        }
    }

    static Problem refusal(Role role, Role needed) {
        return Problem.of(
                403,
                "not-allowed",
                "The token does not allow this",
                "its role is " + role.word() + "; this needs the role " + needed.word());
    }

    private static Optional<String> secret(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
    }
}
