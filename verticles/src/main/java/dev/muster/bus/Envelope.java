package dev.muster.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A message of the bus with the name of its type, as JSON {@code {"type": ..., "message": {...}}}: how it goes where the
 * bus itself does not reach, in an HTTP request. Safe to use from any thread.
 */
public final class Envelope {
    private static final String TYPE = "type";
    private static final String MESSAGE = "message";
    private static final String CREDENTIAL = "credential";

    private final ObjectMapper mapper = BusCodecs.mapper(false);
    private final Map<String, Class<? extends Message>> types =
            BusCodecs.types().stream().collect(Collectors.toUnmodifiableMap(Class::getSimpleName, type -> type));

    /** Packs a message. */
    public byte[] pack(Message message) {
        var envelope = mapper.createObjectNode();
        envelope.put(TYPE, message.getClass().getSimpleName());
        envelope.set(MESSAGE, mapper.valueToTree(message));
        return envelope.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Unpacks one.
     *
     * @throws IOException when it is none, or one that this build does not know
     */
    public Message unpack(byte[] json) throws IOException {
        return unpack(mapper.readTree(json));
    }

    /**
     * Unpacks one of a sender that has been let in by another guard than the receiver's: an admin message carries this
     * credential from here on.
     *
     * @throws IOException as above
     */
    public Message unpack(byte[] json, Credential credential) throws IOException {
        var envelope = mapper.readTree(json);
        if (envelope.path(MESSAGE) instanceof ObjectNode message && message.has(CREDENTIAL)) {
            message.set(CREDENTIAL, mapper.valueToTree(credential));
        }
        return unpack(envelope);
    }

    private Message unpack(JsonNode envelope) throws IOException {
        var name = envelope.path(TYPE).asText();
        var type = types.get(name);
        if (type == null) {
            throw new IOException("no message of type '" + name + "'");
        }
        if (!(envelope.path(MESSAGE) instanceof ObjectNode message)) {
            throw new IOException(name + " without a message");
        }
        return mapper.readerFor(type).readValue(message);
    }
}
