package dev.nightshift.sandbox.demo;

import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.Relay;
import dev.nightshift.sandbox.SandboxFailed;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The link between primary and standby: 80 Mbit/s, and much slower from the moment at which a share of the rows is done
 * that the seed decides.
 */
final class BadLink {
    static final long GOOD = 10_000_000;

    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final String SHARE_DONE = "SELECT coalesce(sum(rows), 0)::float8 / ? FROM nightshift.progress";

    private final Relay relay;
    private final Spell spell;
    private final Login login;
    private final long rows;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::strikeOnce, "bad link");
    private volatile Optional<Instant> struck = Optional.empty();

    /** When the link goes bad and how: after a share of the rows, to that many bytes a second, for a time. */
    record Spell(double afterShare, long bytesPerSecond, Duration lasts) {

        static Spell of(Scenario scenario, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double share = 0.15 + 0.35 * random.nextDouble();
            Duration lasts = Duration.ofSeconds(random.nextLong(12, 17));
            return scenario == Scenario.SUCCESS
                    ? new Spell(share, 3_000_000, lasts)
                    : new Spell(share, 100_000, FOR_EVER);
        }

        String story() {
            return megabits(bytesPerSecond)
                    + (lasts.equals(FOR_EVER) ? " until the end" : " for " + lasts.toSeconds() + " s");
        }
    }

    private BadLink(Relay relay, Spell spell, Login login, long rows) {
        this.relay = relay;
        this.spell = spell;
        this.login = login;
        this.rows = rows;
        thread.setDaemon(true);
    }

    static BadLink over(Relay relay, Spell spell, Login login, long rows) {
        relay.limit(GOOD);
        BadLink link = new BadLink(relay, spell, login, rows);
        link.thread.start();
        return link;
    }

    static String megabits(long bytesPerSecond) {
        return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(bytesPerSecond * 8 / 1e6)
                + " Mbit/s";
    }

    Spell spell() {
        return spell;
    }

    /** When it went bad; empty when the run ended before. */
    Optional<Instant> struck() {
        return struck;
    }

    /** The link is unlimited from here on. */
    void end() throws InterruptedException {
        ended.countDown();
        thread.join();
        relay.unlimited();
    }

    private void strikeOnce() {
        try {
            while (shareDone() < spell.afterShare()) {
                if (ended.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            struck = Optional.of(Instant.now());
            relay.limit(spell.bytesPerSecond());
            if (!ended.await(spell.lasts().toMillis(), TimeUnit.MILLISECONDS)) {
                relay.limit(GOOD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Zero while there is no journal yet. */
    private double shareDone() {
        try {
            return login.one(Double.class, SHARE_DONE, (double) rows);
        } catch (SandboxFailed notYet) {
            return 0;
        }
    }
}
