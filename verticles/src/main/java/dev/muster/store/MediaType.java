package dev.muster.store;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the store speaks, of the media types that EventStoreDB's documentation lists. */
enum MediaType {
    /** Events in an array, each with its id and type. */
    EVENTS("application/vnd.eventstore.events+json"),
    EVENTSTORE_ATOM("application/vnd.eventstore.atom+json"),
    ATOM("application/atom+json"),
    JSON("application/json"),
    DESCRIPTION("application/vnd.eventstore.streamdesc+json"),
    BYTES("application/octet-stream");

    /** What a stream is read as. */
    static final Set<MediaType> FEEDS = EnumSet.of(EVENTSTORE_ATOM, ATOM, JSON, DESCRIPTION);

    /** What an event is read as. */
    static final Set<MediaType> ENTRIES = EnumSet.of(EVENTSTORE_ATOM, ATOM, JSON);

    private static final Pattern QUALITY = Pattern.compile(";\\s*[qQ]=([01](?:\\.\\d{0,3})?)\\s*(?:;|$)");

    private final String name;
    private final String header;

    MediaType(String name) {
        this.name = name;
        this.header = name + "; charset=utf-8";
    }

    /** As it stands in a description. */
    String text() {
        return name;
    }

    /** As it stands in a header. */
    String header() {
        return header;
    }

    /** The type of a request's body; empty for one that is not spoken. */
    static Optional<MediaType> ofContent(@Nullable String header) {
        var named = header == null ? "" : bare(header);
        return Set.of(EVENTS, JSON, BYTES).stream()
                .filter(type -> type.name.equals(named))
                .findFirst();
    }

    /**
     * The type that the client likes best, of several the first; the fallback when it accepts anything, or does not say.
     *
     * @return empty when none of them suits
     */
    static Optional<MediaType> accepted(@Nullable String header, Set<MediaType> offered, MediaType fallback) {
        if (header == null || header.isBlank()) {
            return Optional.of(fallback);
        }
        var wanted = Stream.of(header.split(",", -1))
                .filter(each -> weight(each) > 0)
                .sorted(Comparator.comparingDouble(MediaType::weight).reversed())
                .map(MediaType::bare)
                .toList();
        for (var named : wanted) {
            if (named.equals("*/*") || named.equals("application/*")) {
                return Optional.of(fallback);
            }
            for (var type : offered) {
                if (type.name.equals(named)) {
                    return Optional.of(type);
                }
            }
        }
        return Optional.empty();
    }

    /** How much it is liked, 0 to 1 (RFC 9110, section 12.4.2); what is no number likes it as well as anything. */
    private static double weight(String wanted) {
        var quality = QUALITY.matcher(wanted);
        return wanted.indexOf(';') >= 0 && quality.find() ? Double.parseDouble(quality.group(1)) : 1;
    }

    private static String bare(String header) {
        int parameters = header.indexOf(';');
        return (parameters < 0 ? header : header.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
