package dev.nightshift.announce;

import dev.nightshift.plan.Happening;
import dev.nightshift.plan.Receiver;
import dev.nightshift.plan.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Receivers for tests. */
public final class Receivers {

    private Receivers() {}

    public static Receiver at(String url) {
        return with("ops", new Secret.Open(url), Receiver.Format.JSON, Optional.empty());
    }

    public static Receiver with(String name, Secret url, Receiver.Format format, Optional<Secret> secret) {
        return new Receiver(
                name,
                url,
                format,
                Happening.USUAL,
                Duration.ZERO,
                Duration.ofHours(1),
                secret,
                Optional.empty(),
                Optional.of(URI.create("https://night.example")));
    }

    public static Receiver of(Duration heldFor, Set<Happening> on) {
        Receiver any = at("http://127.0.0.1:1/");
        return new Receiver(
                any.name(),
                any.url(),
                any.format(),
                on,
                heldFor,
                any.giveUpAfter(),
                any.secret(),
                any.authority(),
                any.page());
    }

    public static Receiver trusting(Receiver one, Path authority) {
        return new Receiver(
                one.name(),
                one.url(),
                one.format(),
                one.on(),
                one.heldFor(),
                one.giveUpAfter(),
                one.secret(),
                Optional.of(authority),
                one.page());
    }
}
