package dev.muster.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes in at one end of the bus comes out at the other, for every message there is. */
class BusCodecsTest {
    private final Map<Class<?>, MessageCodec<Object, Object>> codecs = registered();

    static Stream<Arguments> messages() {
        return BusCodecs.types().stream().flatMap(type -> Stream.of(true, false)
                .map(complete -> Arguments.of(Samples.of(type.asSubclass(Record.class), complete))));
    }

    static Stream<Class<? extends Message>> messagesWithFields() {
        return BusCodecs.types().stream().filter(type -> type.getRecordComponents().length > 0);
    }

    @Test
    void shouldKnowEveryMessage() {
        assertThat(codecs.keySet()).hasSize(BusCodecs.types().size()).containsAll(BusCodecs.types());
        assertThat(codecs.values()).extracting(MessageCodec::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("messages")
    @Tag("smoke")
    void shouldCarryEveryMessageWholeOverTheWire(Message message) {
        var codec = codec(message.getClass());
        var wire = Buffer.buffer("what stands before");
        int position = wire.length();

        codec.encodeToWire(wire, message);
        wire.appendString("what comes after");

        assertThat(codec.decodeFromWire(position, wire))
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldWriteNoFieldThatTheReaderDoesNotKnow(Message message) throws Exception {
        var json = BusCodecs.mapper(false).writeValueAsBytes(message);

        assertThat(BusCodecs.mapper(true).readValue(json, message.getClass()))
                .usingRecursiveComparison()
                .isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldIgnoreFieldsOfALaterBuildUnlessItIsStrict(Message message) throws Exception {
        ObjectNode json = BusCodecs.mapper(false).valueToTree(message);
        json.put("ofALaterBuild", 1);
        if (json.get("credential") instanceof ObjectNode nested) {
            nested.put("ofALaterBuild", 1);
        }

        assertThat(decode(message.getClass(), json.toString()))
                .usingRecursiveComparison()
                .isEqualTo(message);
        assertThatThrownBy(() -> BusCodecs.mapper(true).treeToValue(json, message.getClass()))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("ofALaterBuild");
    }

    @ParameterizedTest
    @MethodSource("messagesWithFields")
    void shouldNotTakeAMessageThatIsCutShort(Class<?> type) {
        assertThatThrownBy(() -> decode(type, "{\""))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(type.getSimpleName());
    }

    @Test
    void shouldNotTakeAMissingNumberForZero() {
        assertThatThrownBy(() -> decode(Cleaned.class, "{}"))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(JsonMappingException.class);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldNeverShowAToken(Message message) {
        assertThat(message.toString()).doesNotContain(Samples.TOKEN);
    }

    @Test
    void shouldPassMessagesByReferenceInsideAProcess() throws Exception {
        var vertx = Vertx.vertx();
        BusCodecs.register(vertx.eventBus());
        var seen = new ArrayList<Object>();
        vertx.eventBus().<NextTask>consumer("here", message -> {
            seen.add(message.body());
            message.reply(TaskOffer.NONE);
        });
        var asking = new NextTask("run", "id", null);

        var reply = vertx.eventBus().<TaskOffer>request("here", asking).await(30, TimeUnit.SECONDS);

        assertThat(seen).hasSize(1).first().isSameAs(asking);
        assertThat(reply.body()).isSameAs(TaskOffer.NONE);
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void shouldNotChangeWithTheCollectionsThatItWasMadeFrom() {
        var ids = new ArrayList<>(List.of("a"));
        var labels = new HashMap<>(Map.of("k", "v"));
        var task = new CreateTask(Credential.NONE, TaskKind.CPU, "1", 1, null, null, ids);
        var registration = new Registration("", "a", 1, 1, 1, null, null, null, null, labels);
        var minions = new ArrayList<>(List.of(registration));
        var registrations = new Registrations(minions);

        ids.add("b");
        labels.clear();
        minions.clear();

        assertThat(task.ids()).containsExactly("a");
        assertThat(registration.labels()).containsEntry("k", "v");
        assertThat(registrations.minions()).hasSize(1);
    }

    private Object decode(Class<?> type, String json) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        var wire = Buffer.buffer().appendInt(bytes.length).appendBytes(bytes);
        return codec(type).decodeFromWire(0, wire);
    }

    private MessageCodec<Object, Object> codec(Class<?> type) {
        return Objects.requireNonNull(codecs.get(type), type::getName);
    }

    /** The codecs as an event bus gets them. */
    @SuppressWarnings("unchecked")
    private static Map<Class<?>, MessageCodec<Object, Object>> registered() {
        var codecs = new HashMap<Class<?>, MessageCodec<Object, Object>>();
        var bus = Proxy.newProxyInstance(
                EventBus.class.getClassLoader(), new Class<?>[] {EventBus.class}, (self, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("registerDefaultCodec");
                    codecs.put((Class<?>) arguments[0], (MessageCodec<Object, Object>) arguments[1]);
                    return self;
                });
        BusCodecs.register((EventBus) bus);
        return codecs;
    }
}
