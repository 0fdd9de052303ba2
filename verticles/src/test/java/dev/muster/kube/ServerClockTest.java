package dev.muster.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.measure.EpochClock;
import dev.muster.testing.ScriptedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerClockTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;

    @Test
    void shouldFindTheOffsetOfARealServersClockWithinTheBoundThatItTells() throws Exception {
        long offset = -7 * SECOND / 3; // of the server's clock, for ours is told to be so far ahead
        EpochClock ahead = () -> EpochClock.system().nanos() - offset;
        try (var kube = Kube.shared()) {
            var found = kube.await(() -> new ServerClock(kube.vertx(), kube.client, ahead).estimate())
                    .orElseThrow()
                    .estimate();

            assertThat(found.offsetNanos()).isBetween(offset - found.errorNanos(), offset + found.errorNanos());
            assertThat(found.errorNanos()).isLessThan(SECOND / 4); // a single answer bounds it by half a second
        }
    }

    @Test
    void shouldSayNothingOfAServerThatTellsNoTime() throws Exception {
        try (var server =
                        new ScriptedServer(folder, request -> request.response().end("{}"));
                var kube = new Kube(Kube.access(server.kubeconfig()), 1, Duration.ofSeconds(5))) {
            assertThat(kube.await(() -> new ServerClock(kube.vertx(), kube.client).estimate()))
                    .isEqualTo(Optional.empty());
        }
    }

    @Property(tries = 500)
    void shouldHoldTheOffsetBetweenTheBoundsWhateverTheWaysTake(
            @ForAll @LongRange(min = -100_000_000_000L, max = 100_000_000_000L) long offset,
            @ForAll @LongRange(min = 0, max = 50_000_000) long there,
            @ForAll @LongRange(min = 0, max = 50_000_000) long back) {
        var bounds = ServerClock.Bounds.NONE;

        for (long sent = 1_700_000_000 * SECOND; sent < 1_700_000_002 * SECOND; sent += 37_000_000) {
            long date = Math.floorDiv(sent + there + offset, SECOND);
            bounds = bounds.and(sent, sent + there + back, date);
        }

        assertThat(offset).isBetween(bounds.low(), bounds.high());
        assertThat(bounds.width()).isLessThan(there + back + 2 * 37_000_000);
    }
}
