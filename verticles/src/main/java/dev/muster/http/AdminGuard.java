package dev.muster.http;

import dev.muster.bus.Credential;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one guard of every admin path. A request from loopback needs no token, which covers {@code kubectl port-forward};
 * any other sends {@code Authorization: Bearer TOKEN}. What a browser sends on behalf of a foreign page is refused even
 * on loopback: a foreign Origin or Referer, {@code Sec-Fetch-Site: cross-site}, or a Host that names something else than
 * this machine (DNS rebinding).
 */
public final class AdminGuard implements Handler<RoutingContext> {
    /** Complete names and addresses: whoever owns {@code 127.0.0.1.example.org} must not get in. */
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1|\\[::1]", Pattern.CASE_INSENSITIVE);

    private static final String BEARER = "Bearer ";

    private final Credential credential;
    private final boolean insecure;

    /**
     * @param credential what other hosts must show
     * @param insecure {@code --insecure-admin}: other hosts need show nothing when there is no token
     */
    public AdminGuard(Credential credential, boolean insecure) {
        this.credential = credential;
        this.insecure = insecure;
    }

    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        boolean loopback = isLoopback(request);
        refuseForeignPages(request, loopback);
        if (!loopback) {
            refuseStrangers(request);
        }
        context.next();
    }

    private static void refuseForeignPages(HttpServerRequest request, boolean loopback) {
        var authority = request.authority();
        if (authority == null) {
            throw forbidden("the request has no Host header");
        }
        if (loopback && !LOOPBACK.matcher(authority.host()).matches()) {
            throw forbidden("the Host header names " + authority.host() + ", not this machine");
        }
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null && (site.equals("cross-site") || site.equals("same-site"))) {
            throw forbidden("the request comes from another site's page");
        }
        refuseForeign("Origin", request.getHeader(HttpHeaders.ORIGIN), authority);
        refuseForeign("Referer", request.getHeader(HttpHeaders.REFERER), authority);
    }

    private static void refuseForeign(String header, @Nullable String value, HostAndPort authority) {
        if (value != null && !sameAuthority(value, authority)) {
            throw forbidden("the " + header + " header names another site");
        }
    }

    private static boolean sameAuthority(String page, HostAndPort authority) {
        try {
            var uri = URI.create(page);
            return authority.host().equalsIgnoreCase(uri.getHost()) && portOf(uri) == portOf(authority, uri);
        } catch (IllegalArgumentException notAUri) {
            return false; // "null", as a sandboxed page sends it, among others
        }
    }

    private static int portOf(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : defaultPort(uri);
    }

    private static int portOf(HostAndPort authority, URI uri) {
        return authority.port() >= 0 ? authority.port() : defaultPort(uri);
    }

    private static int defaultPort(URI uri) {
        return "https".equals(uri.getScheme()) ? 443 : 80;
    }

    private void refuseStrangers(HttpServerRequest request) {
        if (credential.token() == null) {
            if (!insecure) {
                throw forbidden("admin requests are taken from this machine alone");
            }
            return;
        }
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        var given = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? new Credential(header.substring(BEARER.length()))
                : Credential.NONE;
        if (!credential.admits(given)) {
            throw new HttpError(
                    header == null ? 401 : 403,
                    header == null ? "the admin token is missing" : "the admin token is wrong",
                    "send 'Authorization: Bearer TOKEN' with the token of --admin-token, or ask from this machine");
        }
    }

    private static HttpError forbidden(String error) {
        return new HttpError(403, error, "send it from this machine, for example with curl or kubectl port-forward");
    }

    private static boolean isLoopback(HttpServerRequest request) {
        try {
            // A literal address: no name is looked up.
            return InetAddress.getByName(request.remoteAddress().hostAddress()).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
