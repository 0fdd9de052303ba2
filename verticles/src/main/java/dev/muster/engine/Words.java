package dev.muster.engine;

import java.nio.charset.StandardCharsets;

/** The words of the protocol, spelt as the original spells them. */
final class Words {
    static final byte[] OPENING = ascii("MUSTER:2:");
    static final byte[] NEW_ENGINE = ascii("NewEngine:");
    static final byte[] HEARTBEAT = ascii("HeartBeat:");
    static final byte[] REGISTERED = ascii("SUCCESS:Registered");
    static final byte[] RESUMED = ascii("SUCCESS:Resumed");
    static final byte[] REFUSED = ascii("FAILLED:");
    static final byte[] DUPLICATE = ascii("FAILLED:Duplicate Engine ID ");
    static final byte[] ERROR = ascii("ERROR:");
    static final byte[] ACKNOWLEDGED = ascii("ACK:");
    static final byte[] DO_WORK = ascii("DOWORK:");
    static final byte[] KILL = ascii("KILL:");
    static final byte[] CONFIRM = ascii("CONFIRM:");
    static final byte[] DONE = ascii("DONE:");
    static final byte[] BYE = ascii("BYE");
    static final byte[] COLON = ascii(":");

    static final int MOST_CODE = 255;
    static final long MOST_MILLIS = 86_400_000;
    static final int TOKEN_LENGTH = 16;

    private Words() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
