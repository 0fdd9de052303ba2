package dev.muster.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.launcher.command.StartException;
import dev.muster.measure.Counters;
import dev.muster.measure.HealthCounter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real Hazelcast members on loopback. */
class ClusterMemberTest {
    private static final int NOBODY = 1;

    private final Counters<HealthCounter> health = new Counters<>(HealthCounter.class);
    private final CompletableFuture<StartException> lost = new CompletableFuture<>();
    private int port;
    private int otherPort;

    @BeforeEach
    void findPorts() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            otherPort = other.getLocalPort();
        }
    }

    @Test
    void shouldJoinAnotherBuildOfTheSameProtocolAndNotOneOfAnother() {
        var first = join(listen(port, port), "first", 7);
        var second = join(listen(port, port), "second", 7);

        assertThatThrownBy(() -> join(listen(port, port), "third", 8))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("can't stay in the cluster: ")
                .hasMessageContaining("speaks bus protocol 7, and this process 8");

        assertThat(lost).isNotDone();
        second.leave();
        first.leave();
    }

    @Test
    void shouldFindMembersByName() {
        var byName = new ClusterSettings(new Membership.Dns("localhost"), InetAddress.getLoopbackAddress(), port);
        var first = join(byName, "first", 7);

        assertThatThrownBy(() -> join(byName, "second", 8))
                .hasMessageContaining("first at [127.0.0.1]:" + port + " speaks bus protocol 7");

        first.leave();
    }

    @Test
    void shouldTellWhenClustersThatBeganApartSpeakDifferently() {
        var early = join(listen(port, otherPort), "early", 7);
        var late = join(listen(otherPort, NOBODY), "late", 8);

        assertThat(lost).succeedsWithin(Duration.ofSeconds(60)).satisfies(reason -> assertThat(reason)
                .hasMessageContaining("run builds of one protocol together"));

        late.leave();
        early.leave();
    }

    @Test
    void shouldCountThatClustersThatBeganApartBecameOne() {
        var early = join(listen(port, otherPort), "early", 7);
        var late = join(listen(otherPort, NOBODY), "late", 7);
        assertThat(health.get(HealthCounter.BUS_MERGED)).isZero();

        await("one of them joins the other").atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        health.get(HealthCounter.BUS_MERGED))
                .isOne());

        assertThat(lost).isNotDone();
        late.leave();
        early.leave();
    }

    @Test
    void shouldTakeTheNextPortOnLoopback() throws Exception {
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            var member = join(listen(taken.getLocalPort(), NOBODY), "moved", 7);

            member.leave();
            assertThat(lost).isNotDone();
        }
    }

    @Test
    void shouldTellWhyItCanNotJoin() throws Exception {
        var elsewhere = InetAddress.getByName("203.0.113.1");

        assertThatThrownBy(() -> join(new ClusterSettings(tcp(NOBODY), elsewhere, port), "lost", 7))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("can't join the cluster: ");
    }

    private ClusterMember join(ClusterSettings settings, String instance, int protocol) {
        return ClusterMember.join(
                settings, HazelcastConfig.of(settings, instance, "1.0+" + instance, protocol), health, lost::complete);
    }

    private static ClusterSettings listen(int port, int memberPort) {
        return new ClusterSettings(tcp(memberPort), InetAddress.getLoopbackAddress(), port);
    }

    private static Membership tcp(int memberPort) {
        return new Membership.Tcp(List.of("127.0.0.1:" + memberPort));
    }
}
