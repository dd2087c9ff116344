package dev.nightshift.http.page;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Serves the page, from memory: only what is listed here can be asked for, whatever a path says. */
public final class Page {

    /** Where the page is. */
    public static final String ROOT = "/ui/";

    /** Nothing from elsewhere, nothing inline, nothing framed. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    static final List<String> OWN = List.of(
            "index.html",
            "page.css",
            "icon.svg",
            "app.js",
            "api.js",
            "charts.js",
            "commands.js",
            "dom.js",
            "head.js",
            "parts.js",
            "run.js",
            "runs.js",
            "stream.js",
            "words.js");

    private static final List<String> UPLOT = List.of("dist/uPlot.esm.js", "dist/uPlot.min.css", "LICENSE");

    private final Map<String, PageFile> files;

    private Page(Map<String, PageFile> files) {
        this.files = files;
    }

    public static Page load() {
        Map<String, PageFile> files = new TreeMap<>();
        OWN.forEach(name -> files.put(ROOT + name, PageFile.read("/dev/nightshift/http/page/" + name)));
        String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/";
        UPLOT.forEach(name ->
                files.put(ROOT + "uplot/" + name.substring(name.indexOf('/') + 1), PageFile.read(uplot + name)));
        files.put(ROOT, PageFile.read("/dev/nightshift/http/page/index.html"));
        return new Page(Map.copyOf(files));
    }

    /** Adds the page to what a server serves. */
    public void mount(Router router) {
        for (String other : List.of("/", "/ui")) {
            router.get(other).handler(context -> redirect(context, other));
        }
        router.route(ROOT + "*").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::serve);
    }

    /** Relative, so that it holds behind a proxy as well that serves this below another path. */
    private static void redirect(RoutingContext context, String path) {
        if (path(context).equals(path)) {
            context.response()
                    .setStatusCode(302)
                    .putHeader(HttpHeaders.LOCATION, ROOT.substring(1))
                    .end();
        } else {
            context.next();
        }
    }

    /** As it was asked for: nothing is decoded or tidied that could then name another file. */
    private static String path(RoutingContext context) {
        return Optional.ofNullable(context.request().path()).orElse("");
    }

    private void serve(RoutingContext context) {
        Optional<PageFile> found = Optional.ofNullable(files.get(path(context)));
        found.ifPresentOrElse(file -> send(context, file), context::next);
    }

    private static void send(RoutingContext context, PageFile file) {
        HttpServerResponse response = context.response()
                .putHeader("content-security-policy", POLICY)
                .putHeader("cross-origin-opener-policy", "same-origin")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, file.etag());
        String known = Optional.ofNullable(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))
                .orElse("");
        if (known.contains(file.etag())) {
            response.setStatusCode(304).end();
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, file.type()).end(file.bytes());
        }
    }

    /** As the library's own jar tells it: the version stands in one place, the build. */
    private static String uplotVersion() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(
                    PageFile.bytes("/META-INF/maven/org.webjars.npm/uplot/pom.properties"), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }
}
