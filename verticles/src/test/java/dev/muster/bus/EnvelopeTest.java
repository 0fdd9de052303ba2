package dev.muster.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private final Envelope envelope = new Envelope();

    @Test
    void shouldBringAMessageWithHistogramsAsItWas() throws Exception {
        var encoded = new Snapshot.Encoded("ns", new byte[] {1, 2, -3}, new byte[0]);
        var stats = new Stats(
                7, List.of(), Map.of("a.b", 1L), Map.of(), Map.of(), Map.of("a.c", encoded), List.of(), List.of("gap"));

        var came = (Stats) envelope.unpack(envelope.pack(stats));

        assertThat(came.counters()).isEqualTo(stats.counters());
        assertThat(came.gaps()).isEqualTo(stats.gaps());
        var samples = came.encoded().getOrDefault("a.c", new Snapshot.Encoded("", new byte[0], new byte[0]));
        assertThat(samples.positive()).containsExactly(1, 2, -3);
    }

    @Test
    void shouldGiveAnAdminMessageTheCredentialOfTheGuardThatLetItIn() throws Exception {
        var guard = new Credential("right");
        var packed = envelope.pack(new Command(Credential.NONE, Command.Action.START, Map.of("a", "b")));

        assertThat(envelope.unpack(packed, guard))
                .isEqualTo(new Command(guard, Command.Action.START, Map.of("a", "b")));
    }

    @Test
    void shouldGiveNoCredentialToWhatHasNone() throws Exception {
        var packed = envelope.pack(new StatsQuery(true, false));

        assertThat(envelope.unpack(packed, new Credential("right"))).isEqualTo(new StatsQuery(true, false));
        assertThat(new String(packed, UTF_8)).doesNotContain("right");
    }

    @Test
    void shouldRefuseWhatIsNoMessage() {
        assertThatThrownBy(() -> envelope.unpack("{\"type\":\"java.lang.Runtime\",\"message\":{}}".getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("java.lang.Runtime");
        assertThatThrownBy(() -> envelope.unpack("{".getBytes(UTF_8))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> envelope.unpack("[]".getBytes(UTF_8))).isInstanceOf(IOException.class);
    }
}
