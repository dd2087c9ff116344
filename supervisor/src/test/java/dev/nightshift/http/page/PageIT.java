package dev.nightshift.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.Role;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Planned;
import dev.nightshift.run.Succeeded;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real Chromium. Its screenshots go to {@code target/page}, or with {@code -Dpage.screenshots=docs/page}
 * into the documentation.
 */
class PageIT {

    private static final String HOSTILE =
            " \"><img src=x onerror=\"hacked=1\"></script><script>hacked=1</script><svg onload=hacked=1>${hacked=1}";
    private static final Holder PAUSED = new Holder(Holder.Kind.OPERATOR, "ann@desk", "not today");
    private static final String RUN = "/ui/#/run/shop/7f3kmq";
    private static final Path SHOTS = Path.of(System.getProperty("page.screenshots", "target/page"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final NightBook shop = new NightBook("shop", "");
    private final NightBook evil = new NightBook("shop-eu", HOSTILE);

    @SuppressWarnings("NullAway.Init")
    private NightServer server;

    @SuppressWarnings("NullAway.Init")
    private Chromium browser;

    @BeforeEach
    void start() {
        Optional<Path> program = Chromium.installed();
        if (program.isEmpty()) {
            System.out.println("PageIT is skipped: there is no chromium on the PATH");
        }
        Assumptions.assumeTrue(program.isPresent(), "no chromium on the PATH");
        server = new NightServer(directory, shop, evil);
        browser = new Chromium(program.get(), directory);
        browser.look(1280, 900, "light");
    }

    @AfterEach
    @SuppressWarnings("NullAway") // both are missing where the test was skipped
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void a_person_signs_in_pauses_and_resumes_with_the_keyboard_alone() {
        signIn(Role.OPERATOR, RUN);
        browser.until("document.querySelector('#state')?.textContent === 'working'");
        browser.until("document.querySelectorAll('.uplot canvas').length === 3");
        assertThat(browser.text("#said")).contains("7f3kmq of orders-total-cents is working");

        tabTo("do-pause");
        browser.press("Enter");
        browser.until("document.activeElement.id === 'reason' && document.querySelector('dialog').open");
        browser.press("Escape");
        browser.until("!document.querySelector('dialog').open && document.activeElement.id === 'do-pause'");
        browser.press("Enter");
        browser.until("document.activeElement.id === 'reason'");
        browser.type("deploy at night");
        browser.press("Enter");

        browser.until("document.querySelector('#state').textContent === 'holding'");
        browser.until("document.querySelector('.why').textContent.includes('operator ann@api: deploy at night')");
        browser.until("document.querySelector('#timeline').textContent.includes('ann@api: deploy at night')");
        browser.until("document.querySelector('.commands + p + div').textContent.includes('command 1: paused')");
        assertThat(browser.text("#said")).contains("holding, held by operator ann@api: deploy at night");
        assertThat(browser.eval("document.querySelector('#do-pause').disabled")).isEqualTo(true);
        assertThat(shop.asked).hasSize(1);
        assertThat(shop.numbers.keySet()).singleElement().asString().matches("api/ann@api/7f3kmq/[0-9a-f]{32}");

        tabTo("do-resume");
        browser.press("Enter");
        browser.until("document.activeElement.id === 'reason'");
        browser.press("Enter");
        browser.until("document.querySelector('#state').textContent === 'working'");
        quiet();
    }

    @Test
    void buttons_are_as_the_role_and_the_state_allow() {
        signIn(Role.VIEWER, RUN);
        browser.until("document.querySelector('#state')?.textContent === 'working'");
        assertThat(browser.eval("document.querySelectorAll('.commands button:enabled').length"))
                .isEqualTo(0);
        assertThat(browser.text("main")).contains("The token is that of a viewer: it can only read.");

        browser.eval("document.querySelector('#sign-out').click()");
        browser.until("document.querySelector('#token')");
        signIn(Role.APPROVER, RUN);
        browser.until("document.querySelector('#do-pause:enabled')");
        assertThat(browser.eval("[...document.querySelectorAll('.commands button:enabled')].map(b => b.id).join()"))
                .isEqualTo("do-pause,do-abort");
        shop.become(
                new Failed(new Failure(
                        Failure.Kind.STEP,
                        new Explanation("no space left", "filling", "nothing is half done", "make room"))),
                "no space left");
        browser.until("document.querySelector('#do-retry:enabled')");
        assertThat(browser.eval("[...document.querySelectorAll('.commands button:enabled')].map(b => b.id).join()"))
                .isEqualTo("do-retry,do-abort");
        browser.until("document.querySelector('.why').textContent.includes('nightshift retry 7f3kmq')");
        assertThat(browser.text(".why")).contains("no space left", "make room");
        quiet();
    }

    @Test
    void why_a_run_waits_in_the_queue_is_said_in_the_list_and_on_its_page() {
        evil.become(new Planned(Holders.NONE), "submitted");
        signIn(Role.VIEWER, "/ui/");
        String waits = "its window opens 2026-03-03T01:00+01:00" + HOSTILE;
        browser.until("document.querySelector('main tbody')?.textContent.includes(" + quoted(waits) + ")");
        browser.open(server.base() + RUN.replace("shop", "shop-eu"));
        browser.until("document.querySelector('.why')?.textContent.includes(" + quoted(waits) + ")");
        assertThat(browser.eval("typeof hacked")).isEqualTo("undefined");
        shop.become(new Planned(Holders.of(List.of(PAUSED))), "submitted");
        browser.open(server.base() + RUN);
        browser.until("document.querySelector('.why')?.textContent.includes('operator ann@desk: not today')");
        assertThat(browser.text(".why")).doesNotContain("its window opens");
        quiet();
    }

    @Test
    void what_the_api_refuses_is_said_and_a_lost_token_leads_back_to_the_form() {
        signIn(Role.OPERATOR, RUN);
        browser.until("document.querySelector('#do-pause:enabled')");
        browser.eval("document.querySelector('#do-pause').click()");
        shop.become(new Succeeded(), "closed");
        browser.until("document.querySelector('#state').textContent === 'succeeded'");
        browser.eval("document.querySelector('dialog form').requestSubmit()");
        browser.until("document.querySelector('dialog [role=alert]').textContent.includes('run 7f3kmq is succeeded')");
        assertThat(browser.text("dialog [role=alert]")).contains("do: nothing");
        assertThat(shop.refused).containsExactly("run 7f3kmq is succeeded");
        browser.press("Escape");
        server.allow(Role.VIEWER);
        browser.until("document.querySelector('#token')");
        assertThat(browser.text("main")).contains("not known here, or not any more");
        assertThat(browser.eval("sessionStorage.length")).isEqualTo(0);
        assertThat(browser.complaints)
                .allMatch(said -> said.contains("status of 409") || said.contains("status of 401"));
    }

    @Test
    void a_server_that_is_away_is_said_and_what_was_seen_stays() {
        signIn(Role.VIEWER, RUN);
        browser.until("document.querySelector('#link').textContent === 'live'");
        server.close();
        browser.until("document.querySelector('main [role=alert]').textContent.includes('No answer since')");
        assertThat(browser.text("#link")).isEqualTo("not live");
        assertThat(browser.text("main [role=alert]"))
                .contains("what is below is from then", "the server does not answer");
        assertThat(browser.text("#state")).isEqualTo("working");
        assertThat(browser.eval("sessionStorage.length")).isEqualTo(1);
    }

    @Test
    void what_people_and_plans_write_stays_text() {
        signIn(Role.OPERATOR, "/ui/");
        browser.until("document.querySelectorAll('main tbody tr').length === 4");
        assertThat(browser.text("main")).contains(HOSTILE.strip());
        browser.open(server.base() + RUN.replace("shop", "shop-eu"));
        browser.until(
                "document.querySelector('#plan pre') && document.querySelector('#lint td') && document.querySelectorAll('.uplot canvas').length === 3");
        for (String part : new String[] {"h1", ".state", "#steps", "#timeline", "#backup", "#lint", "#plan pre"}) {
            assertThat(browser.text(part)).as(part).contains(HOSTILE.strip());
        }
        browser.eval("document.querySelector('#do-pause').click()");
        browser.eval("document.querySelector('#reason').value = " + quoted(HOSTILE));
        browser.eval("document.querySelector('dialog form').requestSubmit()");
        browser.until("document.querySelector('.why').textContent.includes(" + quoted(HOSTILE.strip()) + ")");
        assertThat(browser.eval("typeof hacked")).isEqualTo("undefined");
        assertThat(browser.eval("document.querySelectorAll('main :is(img, script, svg, iframe, object)').length"))
                .isEqualTo(0);
        quiet();
    }

    @Test
    void filters_live_in_the_address_and_the_token_does_not() {
        signIn(Role.VIEWER, "/ui/#/?database=shop&state=working");
        browser.until("document.querySelectorAll('main tbody tr').length === 1");
        assertThat(browser.eval("document.querySelector('#f-state').value")).isEqualTo("working");
        browser.eval("const f = document.querySelector('#f-state'); f.value = 'succeeded';"
                + " f.dispatchEvent(new Event('change', {bubbles: true}))");
        browser.until("location.hash === '#/?database=shop&state=succeeded'");
        browser.until("document.querySelector('main tbody')?.textContent.includes('tickets-bigint-key')");
        browser.eval("document.querySelector('main tbody a').click()");
        browser.until("location.hash === '#/run/shop/2qd81x'");
        browser.until("document.querySelector('main [role=alert]')?.textContent.includes(\"no run '2qd81x'\")");
        assertThat(browser.eval("localStorage.length + document.cookie.length")).isEqualTo(0);
        assertThat(browser.addresses).noneMatch(url -> url.contains("secret"));
    }

    @Test
    void a_stream_that_was_cut_goes_on_after_the_last_event() {
        signIn(Role.VIEWER, "/ui/");
        browser.until("document.querySelector('main h1')?.textContent === 'Runs'");
        Object asked = browser.eval("""
                (async () => {
                  const { Listening } = await import("/ui/stream.js");
                  const real = window.fetch, asked = [], told = [], gone = new AbortController();
                  window.fetch = async (url, options) => {
                    if (!String(url).includes("/events?")) { return real(url, options); }
                    asked.push(options.headers["Last-Event-ID"] ?? "none");
                    if (asked.length === 2) { gone.abort(); }
                    return new Response('retry: 2000\\n\\nid: 7\\ndata: {"n":1}\\n\\ndata: {"n":2}\\n\\n');
                  };
                  await new Listening("shop", { opened() {}, lost() {}, event: (one) => told.push(one.n) }).until(gone.signal);
                  window.fetch = real;
                  return asked.join() + " " + told.slice(0, 2).join();
                })()""");
        assertThat(asked).isEqualTo("none,7 1,2");
    }

    @Test
    void it_fits_a_phone_and_every_light() {
        signIn(Role.OPERATOR, RUN);
        browser.until("document.querySelectorAll('.uplot canvas').length === 3");
        browser.until("document.querySelector('#charts').textContent.includes('rows') && performance.now() > 3000");
        browser.shoot(SHOTS.resolve("run-light.png"));
        browser.look(1280, 2600, "light");
        browser.eval("document.querySelector('#limits details').open = true");
        browser.shoot(Path.of("target/page/run-light-whole.png"));
        browser.eval("document.querySelector('#limits details').open = false");
        browser.look(1280, 900, "dark");
        browser.shoot(Path.of("target/page/run-dark.png"));
        browser.eval("document.querySelector('#do-abort').click()");
        browser.shoot(SHOTS.resolve("abort.png"));
        browser.press("Escape");
        fits("run");
        browser.open(server.base() + "/ui/#/");
        browser.until("document.querySelectorAll('main tbody tr').length === 4");
        browser.eval("location.hash = '#/?database=shop'");
        browser.until("document.querySelectorAll('main tbody tr').length === 2");
        browser.look(1280, 520, "light");
        browser.shoot(SHOTS.resolve("runs.png"));
        fits("runs");
        browser.open(server.base() + RUN.replace("shop", "shop-eu"));
        browser.until("document.querySelectorAll('.uplot canvas').length === 3");
        fits("evil");
        browser.eval("document.querySelector('#sign-out').click()");
        browser.until("document.querySelector('#token')");
        fits("sign-in");
        quiet();
    }

    /** Nothing stands out at the side at 360 pixels, whatever is opened. */
    private void fits(String name) {
        browser.look(360, 740, "dark");
        browser.eval("document.querySelectorAll('details').forEach(one => one.open = true)");
        browser.until("document.documentElement.scrollWidth <= 360");
        browser.eval("document.querySelectorAll('details').forEach(one => one.open = false)");
        browser.shoot((name.equals("run") ? SHOTS : Path.of("target/page")).resolve(name + "-phone.png"));
        browser.eval("scrollTo(0, 740)");
        browser.shoot(Path.of("target/page/" + name + "-phone-below.png"));
        browser.eval("scrollTo(0, 0)");
    }

    private void signIn(Role role, String path) {
        browser.open(server.base() + path);
        browser.until("document.activeElement.id === 'token'");
        browser.type(NightServer.secret(role));
        browser.press("Enter");
        browser.until("!document.querySelector('#sign-out').hidden");
    }

    private void tabTo(String id) {
        for (int i = 0; i < 40; i++) {
            if (id.equals(browser.eval("document.activeElement.id"))) {
                assertThat(browser.eval("getComputedStyle(document.activeElement).outlineStyle"))
                        .isEqualTo("solid");
                return;
            }
            browser.press("Tab");
        }
        throw new AssertionError(id + " cannot be reached by Tab");
    }

    private void quiet() {
        assertThat(browser.complaints).isEmpty();
        assertThat(browser.addresses)
                .isNotEmpty()
                .allMatch(url -> url.startsWith(server.base()) || url.startsWith("data:") || url.equals("about:blank"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
