package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.http.page.Chromium;
import dev.nightshift.sandbox.ClusterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real Chromium, before a real journal, while a real run works. Its picture goes to {@code target/page}, or
 * with {@code -Dpage.screenshots=docs/page} into the documentation.
 */
class PageRunIT {

    private static final Path SHOTS = Path.of(System.getProperty("page.screenshots", "target/page"));
    private static final String INDEX = """
              - statement: {name: index, sql: "CREATE INDEX CONCURRENTLY orders_total_idx ON public.orders (total_cents)"}
            """;

    @Test
    void a_person_follows_a_run_from_its_backup_through_a_hold_to_its_end(@TempDir Path directory) throws IOException {
        Optional<Path> program = Chromium.installed();
        if (program.isEmpty()) {
            System.out.println("PageRunIT is skipped: there is no chromium on the PATH");
        }
        Assumptions.assumeTrue(program.isPresent(), "no chromium on the PATH");
        ClusterSettings settings = ClusterSettings.withStandbys(SlowShop.STANDBY);
        try (Night night = SlowShop.start(directory, settings)) {
            Served serve = Served.start(night, directory);
            begin(night);
            Path profile = Files.createDirectory(directory.resolve("browser"));
            try (Chromium browser = new Chromium(program.get(), profile)) {
                follow(night, serve, browser);
            }
            SlowShop.assertEveryOrderIsDoneOnce(night);
        }
    }

    /** With a backup, an index and a standby, so that each part of the page has something to show. */
    private static void begin(Night night) {
        String plan = SlowShop.planWithDump(night, "public.orders", SlowShop.FILL + INDEX);
        Nightshift person = night.nightshift("run", night.plan(plan).toString());
        SlowShop.awaitRowsDone(night, 1);
        person.killAlone();
    }

    private static void follow(Night night, Served serve, Chromium browser) {
        browser.look(1280, 2300, "light");
        browser.open(serve.root().replace("/api/v1", "/ui/"));
        browser.until("document.activeElement.id === 'token'");
        browser.type(Served.SECRET);
        browser.press("Enter");
        browser.until("document.querySelector('main tbody a')");
        browser.eval("document.querySelector('main tbody a').click()");
        browser.until("document.querySelector('#state')?.textContent === 'working'");
        browser.until("document.querySelector('#replicas td')?.textContent === 'standby-a'");
        browser.until("document.querySelector('#backup').textContent.includes('verified')");
        String rule = night.ask("SELECT coalesce(findings -> 0 ->> 'rule', 'none') FROM nightshift.runs");
        browser.until("document.querySelector('#lint').textContent.includes('" + rule + "')");
        browser.until("document.querySelectorAll('.uplot canvas').length === 3");
        browser.until("document.querySelector('.progress progress')?.value > 300");
        browser.shoot(SHOTS.resolve("real-run.png"));

        command(browser, "pause", "deploy of checkout");
        browser.until("document.querySelector('#state').textContent === 'holding'");
        browser.until(
                "document.querySelector('#timeline').textContent.includes('ann@api from 127.0.0.1: deploy of checkout')");
        long held = night.rowsDone();
        SlowShop.awaitSeconds(night, 2);
        assertThat(night.rowsDone()).isEqualTo(held);

        command(browser, "resume", "deployed");
        browser.until("document.querySelector('#state').textContent === 'working'");
        night.awaitState("succeeded");
        browser.until("document.querySelector('#state').textContent === 'succeeded'");
        browser.until("document.querySelector('#report').textContent.includes('10.0 k rows')");
        drawnFromTheJournal(browser);
        assertThat(browser.complaints).isEmpty();
    }

    /** A page that is opened afterwards has seen nothing itself. */
    private static void drawnFromTheJournal(Chromium browser) {
        browser.eval("location.reload()");
        for (String line : new String[] {"standby-a", "WAL", "time", "rows"}) {
            browser.until("[...document.querySelectorAll('.chart')].some(chart => chart.ariaLabel?.includes('" + line
                    + " ') && chart.querySelector('canvas'))");
        }
    }

    private static void command(Chromium browser, String command, String reason) {
        browser.until("document.querySelector('#do-" + command + ":enabled')");
        browser.eval("document.querySelector('#do-" + command + "').click()");
        browser.until("document.activeElement.id === 'reason'");
        browser.type(reason);
        browser.press("Enter");
    }
}
