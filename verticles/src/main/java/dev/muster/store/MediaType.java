package dev.muster.store;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
     * The first type that the client accepts; the fallback when it accepts anything, or does not say.
     *
     * @return empty when none of them suits
     */
    static Optional<MediaType> accepted(@Nullable String header, Set<MediaType> offered, MediaType fallback) {
        if (header == null || header.isBlank()) {
            return Optional.of(fallback);
        }
        for (var wanted : header.split(",", -1)) {
            var named = bare(wanted);
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

    private static String bare(String header) {
        int parameters = header.indexOf(';');
        return (parameters < 0 ? header : header.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
