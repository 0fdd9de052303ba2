package dev.muster.kube;

import java.nio.charset.StandardCharsets;

/** The annotations in which a driver says when it began. */
final class Annotations {
    static final String CREATE = "scaletest/createTimestamp";
    static final String UPDATE = "scaletest/updateTimestamp";

    static final byte[] CREATED = CREATE.getBytes(StandardCharsets.US_ASCII);
    static final byte[] UPDATED = UPDATE.getBytes(StandardCharsets.US_ASCII);

    private Annotations() {}
}
