package dev.muster.streams;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options as the users need them.
 *
 * @param url of the store, without a slash at its end
 * @param users of this process
 * @param rate iterations per second of this process; 0 for a closed loop
 * @param authorization the header's value; null for none
 */
record Setup(
        URI url,
        int users,
        double rate,
        long durationNanos,
        int events,
        int batch,
        int eventBytes,
        long timeoutNanos,
        @Nullable String authorization,
        @Nullable String ca,
        boolean insecure) {
    private static final Pattern POD = Pattern.compile(".*-(\\d{1,4})");

    static Setup of(StreamsOptions options, Map<String, String> environment) {
        int pod = pod(options, environment);
        int users = (options.users() - pod + options.pods() - 1) / options.pods();
        return new Setup(
                url(options.url()).orElseThrow(),
                users,
                options.rate() * users / options.users(),
                options.duration().toNanos(),
                options.events(),
                options.batch(),
                options.eventBytes(),
                options.timeout().toNanos(),
                authorization(options),
                options.ca(),
                options.insecure());
    }

    /** Which of the pods this is, from 0. */
    static int pod(StreamsOptions options, Map<String, String> environment) {
        var given = options.pod();
        if (given != null) {
            return given;
        }
        var name = POD.matcher(environment.getOrDefault("POD_NAME", ""));
        return options.pods() > 1 && name.matches() ? Integer.parseInt(name.group(1)) : 0;
    }

    /** The URL without a slash at its end; empty when it is none of http or https. */
    static Optional<URI> url(String given) {
        try {
            var uri = URI.create(given.replaceFirst("/+$", ""));
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawUserInfo() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static @Nullable String authorization(StreamsOptions options) {
        if (options.user() == null) {
            return null;
        }
        var both =
                options.user() + ":" + Optional.ofNullable(options.password()).orElse("");
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    boolean tls() {
        return "https".equals(url.getScheme());
    }

    /** An IPv6 address has brackets in a URL, and none elsewhere. */
    String host() {
        var host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return url.getPort() >= 0 ? url.getPort() : tls() ? 443 : 80;
    }

    boolean isOpen() {
        return rate > 0;
    }

    int appends() {
        return (events + batch - 1) / batch;
    }

    /** Requests of an iteration. */
    int requests() {
        return appends() + 1 + events;
    }
}
