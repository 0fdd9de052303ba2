package dev.muster.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * How messages cross the bus: by reference inside a process, as JSON between processes. Unknown fields are ignored, so
 * that builds of the same {@link #PROTOCOL} understand each other; a strict reader refuses them, for tests.
 */
public final class BusCodecs {
    /** The number of the bus protocol. It grows when a message changes so that an older reader would misread it. */
    public static final int PROTOCOL = 1;

    private BusCodecs() {}

    /** Registers a codec for every message. Call once for each event bus, before any verticle is deployed. */
    public static void register(EventBus bus) {
        var mapper = mapper(false);
        for (var type : types()) {
            registerOne(bus, type, mapper);
        }
    }

    /** Every message type that the bus carries. */
    public static List<Class<? extends Message>> types() {
        return Arrays.stream(Message.class.getPermittedSubclasses())
                .<Class<? extends Message>>map(c -> c.asSubclass(Message.class))
                .toList();
    }

    /**
     * The JSON of the bus. How a type is read and written is found out at its first use: to do so for all of them would
     * take a third of a process's start, and most see few.
     *
     * @param strict whether an unknown field is an error
     */
    public static ObjectMapper mapper(boolean strict) {
        return JsonMapper.builder()
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, strict)
                .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true)
                .disable(DeserializationFeature.EAGER_DESERIALIZER_FETCH)
                .disable(SerializationFeature.EAGER_SERIALIZER_FETCH)
                .build();
    }

    private static <T extends Message> void registerOne(EventBus bus, Class<T> type, ObjectMapper mapper) {
        bus.registerDefaultCodec(
                type, new JsonCodec<>(type.getSimpleName(), mapper.writerFor(type), mapper.readerFor(type)));
    }

    /** One record type on the wire: a length of four bytes, then UTF-8 JSON. */
    private record JsonCodec<T extends Message>(String name, ObjectWriter writer, ObjectReader reader)
            implements MessageCodec<T, T> {
        @Override
        public void encodeToWire(Buffer buffer, T message) {
            try {
                var json = writer.writeValueAsBytes(message);
                buffer.appendInt(json.length).appendBytes(json);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public T decodeFromWire(int position, Buffer buffer) {
            var length = buffer.getInt(position);
            var json = buffer.getBytes(position + Integer.BYTES, position + Integer.BYTES + length);
            try {
                return reader.readValue(json);
            } catch (IOException e) {
                throw new UncheckedIOException("malformed " + name + " on the bus", e);
            }
        }

        @Override
        public T transform(T message) {
            return message;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
