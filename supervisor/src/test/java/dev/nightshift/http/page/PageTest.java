package dev.nightshift.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private NightServer server;

    @BeforeEach
    void start() {
        server = new NightServer(directory, new NightBook("shop", ""));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_root_leads_to_the_page() throws Exception {
        for (String path : List.of("/", "/ui")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).isEqualTo(302);
            URI led = URI.create(server.base() + path)
                    .resolve(answer.headers().firstValue("location").orElse(""));
            assertThat(led.getPath()).isEqualTo("/ui/");
        }
        assertThat(get("/ui/").body()).contains("<title>Nightshift</title>");
        assertThat(get("/ui/index.html").body()).isEqualTo(get("/ui/").body());
    }

    @Test
    void every_file_has_its_type_and_forbids_what_it_does_not_need() throws Exception {
        Map<String, String> types = Map.of(
                "", "text/html; charset=utf-8",
                "page.css", "text/css; charset=utf-8",
                "app.js", "text/javascript; charset=utf-8",
                "icon.svg", "image/svg+xml",
                "uplot/uPlot.esm.js", "text/javascript; charset=utf-8",
                "uplot/uPlot.min.css", "text/css; charset=utf-8",
                "uplot/LICENSE", "text/plain; charset=utf-8");
        for (Map.Entry<String, String> one : types.entrySet()) {
            HttpResponse<String> answer = get("/ui/" + one.getKey());
            assertThat(answer.statusCode()).as(one.getKey()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).contains(one.getValue());
            assertThat(answer.headers().firstValue("content-security-policy")).contains(Page.POLICY);
            assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
            assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
            assertThat(answer.headers().firstValue("cache-control")).contains("no-cache");
        }
        assertThat(Page.POLICY).doesNotContain("unsafe").contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(get("/ui/uplot/LICENSE").body()).contains("MIT");
    }

    @Test
    void a_browser_that_has_a_file_is_not_sent_it_again() throws Exception {
        String etag = get("/ui/app.js").headers().firstValue("etag").orElse("");
        HttpResponse<String> again = http.send(
                request("/ui/app.js").header("if-none-match", etag).GET().build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(get("/ui/api.js").headers().firstValue("etag")).isNotEmpty().isNotEqualTo(etag);
        HttpResponse<String> head = http.send(
                request("/ui/app.js")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("etag")).contains(etag);
    }

    @Test
    void nothing_but_the_page_can_be_reached_by_any_path() throws Exception {
        for (String path : List.of(
                "/ui/none.js",
                "/ui/../ui/package-info.class",
                "/ui/Page.class",
                "/ui/../api/openapi.json",
                "/ui/..%2fapi%2fopenapi.json",
                "/ui/%2e%2e/api/openapi.json",
                "/ui//index.html",
                "/ui/uplot/../../../logback.xml",
                "/ui/uplot/package.json",
                "/ui/app.js%00",
                "/ui/\\..\\logback.xml",
                "/etc/passwd")) {
            assertThat(status(path)).as(path).isIn("400", "404");
        }
        assertThat(status("/ui/app.js")).isEqualTo("200");
    }

    @Test
    void no_file_of_ours_makes_markup_from_text_or_names_another_host() throws Exception {
        for (String name : Page.OWN) {
            String text = get("/ui/" + name).body().replace("http://www.w3.org/2000/svg", "");
            assertThat(text)
                    .as(name)
                    .doesNotContainPattern("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|srcdoc")
                    .doesNotContainPattern("\\beval\\(|new Function|set(Timeout|Interval)\\(\\s*[\"'`]")
                    .doesNotContainPattern("https?:|//[a-z]+\\.[a-z]+/|localStorage|document\\.cookie")
                    .doesNotContainPattern("<[a-z][^>]*\\son[a-z]+\\s*=|<style|style=|javascript:");
        }
    }

    @Test
    void every_file_that_is_named_is_served() throws Exception {
        Pattern named = Pattern.compile("(?:from |import\\(|href=|src=)\"(?:\\./)?([a-zA-Z0-9./]+\\.(?:js|css|svg))\"");
        for (String name : Page.OWN) {
            List<String> all = named.matcher(get("/ui/" + name).body())
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
            for (String one : all) {
                assertThat(get("/ui/" + one).statusCode())
                        .as(name + " names " + one)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void the_page_needs_no_token_and_lets_nobody_nearer_to_the_data() throws Exception {
        assertThat(get("/ui/").statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/runs").statusCode()).isEqualTo(401);
        assertThat(get("/api/v1/runs").headers().firstValue("content-security-policy"))
                .contains("default-src 'none'; frame-ancestors 'none'");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.base() + path));
    }

    /** As it stands on the wire: a client of the JDK would tidy the path. */
    private String status(String path) throws IOException {
        URI base = URI.create(server.base());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return line == null ? "closed" : line.split(" ", -1)[1];
        }
    }
}
