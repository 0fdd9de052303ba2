package dev.muster.console;

import dev.muster.http.HttpError;
import dev.muster.http.Params;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Serves the page: the same document at each of its addresses, so that a link leads to what it names. */
final class SiteRoutes {
    /** Nothing runs but the page's own files, and it asks nobody but this server. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
            + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final List<String> PAGES =
            List.of("/", "/new", "/new/:experiment", "/runs", "/runs/:run", "/compare/:baseline/:other");
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";

    private final Site site;

    SiteRoutes(Site site) {
        this.site = site;
    }

    void install(Router router) {
        router.route().handler(context -> {
            context.response()
                    .putHeader("Content-Security-Policy", POLICY)
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Referrer-Policy", "same-origin")
                    .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                    .putHeader("Cross-Origin-Resource-Policy", "same-origin");
            context.next();
        });
        PAGES.forEach(path -> read(router, path, this::index));
        read(router, "/assets/:hash/:name", this::asset);
    }

    /** A route for GET, and for HEAD, which is answered alike and without the body. */
    static void read(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    private void index(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        send(context, site.index());
    }

    /** The files of another build are not these, whatever their names. */
    private void asset(RoutingContext context) {
        var name = context.pathParam("name");
        if (!site.hash().equals(context.pathParam("hash"))) {
            throw new HttpError(404, "this server has another build's page", "load the page again");
        }
        var file = site.asset(name)
                .orElseThrow(() -> new HttpError(404, "the page has no file '" + Params.shown(name) + "'", ""));
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, FOR_GOOD);
        send(context, file);
    }

    private static void send(RoutingContext context, Site.File file) {
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, file.type()).end(file.content());
    }
}
