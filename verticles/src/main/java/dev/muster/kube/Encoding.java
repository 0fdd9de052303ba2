package dev.muster.kube;

import org.jspecify.annotations.Nullable;

/** How an API server is to write the events of a watch. */
public enum Encoding {
    JSON("application/json"),
    /** Shorter, and only for the kinds that are built into Kubernetes. */
    PROTOBUF("application/vnd.kubernetes.protobuf");

    private final String mediaType;

    Encoding(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Of an object, as the header {@code Accept} has it. */
    String mediaType() {
        return mediaType;
    }

    /** Of the events of a watch. */
    String accept() {
        return this == JSON ? mediaType : mediaType + ";stream=watch";
    }

    /**
     * Whether an answer is written so. What is no JSON says so itself; but what is no protobuf may look like the beginning
     * of a long frame.
     *
     * @param contentType the header of that name; null when there is none
     */
    boolean isOf(@Nullable String contentType) {
        return this == JSON || (contentType != null && contentType.startsWith(mediaType));
    }

    /** @param digest whether events are to have one */
    EventDecoder decoder(boolean digest) {
        return switch (this) {
            case JSON -> new EventScanner(digest);
            case PROTOBUF -> new ProtobufScanner(digest);
        };
    }
}
