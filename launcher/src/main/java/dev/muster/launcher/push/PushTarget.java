package dev.muster.launcher.push;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where to push, and in which language.
 *
 * @param url of the receiver, http or https; a user and password in it are sent as basic authentication
 */
public record PushTarget(Protocol protocol, URI url) {
    /** The languages that receivers understand. */
    enum Protocol {
        /** OpenTelemetry's, as protobuf over HTTP. */
        OTLP("otlp", "/v1/metrics"),
        /** Prometheus' remote write 1.0. */
        REMOTE_WRITE("remote-write", "/api/v1/write");

        private final String word;
        private final String path;

        Protocol(String word, String path) {
            this.word = word;
            this.path = path;
        }
    }

    /** Reads {@code otlp:URL} or {@code remote-write:URL} from the command line. */
    public static final class Converter implements ITypeConverter<PushTarget> {
        @Override
        public PushTarget convert(String text) {
            return parse(text);
        }
    }

    static PushTarget parse(String text) {
        for (var protocol : Protocol.values()) {
            var prefix = protocol.word + ":";
            if (text.startsWith(prefix)) {
                return new PushTarget(protocol, url(text, text.substring(prefix.length()), protocol.path));
            }
        }
        throw bad(text);
    }

    /** A URL without a path has the one of its protocol. */
    private static URI url(String given, String text, String path) {
        try {
            var url = new URI(text);
            var scheme = Optional.ofNullable(url.getScheme()).orElse("");
            if (!Arrays.asList("http", "https").contains(scheme) || url.getHost() == null) {
                throw bad(given);
            }
            var own = Optional.ofNullable(url.getRawPath()).orElse("");
            return own.isEmpty() || own.equals("/") ? url.resolve(path) : url;
        } catch (URISyntaxException e) {
            throw bad(given);
        }
    }

    private static TypeConversionException bad(String text) {
        return new TypeConversionException(
                "must be otlp:URL or remote-write:URL, such as remote-write:http://127.0.0.1:9090, not '" + text + "'");
    }

    /** Where requests go: the URL without its user and password. */
    URI address() {
        var user = url.getRawUserInfo();
        return user == null ? url : URI.create(url.toString().replaceFirst("//[^/@]*@", "//"));
    }

    /** The header that proves who sends, where the URL has a user. */
    Optional<String> authorization() {
        return Optional.ofNullable(url.getUserInfo())
                .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    /** As it was given, without what may be secret: user, password and query. */
    @Override
    public String toString() {
        return protocol.word + ":" + address().toString().replaceFirst("[?#].*", "");
    }
}
