package dev.muster.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import dev.muster.launcher.command.StartException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real Hazelcast members on loopback. */
class ClusterMemberTest {
    private final CompletableFuture<StartException> lost = new CompletableFuture<>();
    private int port;

    @BeforeEach
    void findAPort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    @Test
    void shouldJoinAnotherBuildOfTheSameProtocolAndNotOneOfAnother() {
        var first = join(config("first", "1.0+aaa", 7));
        var second = join(config("second", "1.1+bbb", 7));

        assertThatThrownBy(() -> join(config("third", "2.0+ccc", 8)))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("can't stay in the cluster: ")
                .hasMessageContaining("speaks bus protocol 7, and this process 8");

        assertThat(lost).isNotDone();
        second.leave();
        first.leave();
    }

    @Test
    void shouldTakeTheNextPortOnLoopback() throws Exception {
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            var nobody = new Membership.Tcp(List.of("127.0.0.1:1"));
            var settings = new ClusterSettings(nobody, taken.getInetAddress(), port);

            var member = ClusterMember.join(settings, HazelcastConfig.of(settings, "moved", "1.0", 7), lost::complete);

            member.leave();
            assertThat(lost).isNotDone();
        }
    }

    @Test
    void shouldTellWhyItCanNotJoin() throws Exception {
        var elsewhere = InetAddress.getByName("203.0.113.1");
        var settings = new ClusterSettings(new Membership.Tcp(List.of("127.0.0.1:" + port)), elsewhere, port);
        var config = HazelcastConfig.of(settings, "lost", "1.0+aaa", 7);

        assertThatThrownBy(() -> ClusterMember.join(settings, config, lost::complete))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("can't join the cluster: ");
    }

    private ClusterMember join(Config config) {
        return ClusterMember.join(settings(), config, lost::complete);
    }

    private Config config(String instance, String build, int protocol) {
        return HazelcastConfig.of(settings(), instance, build, protocol);
    }

    private ClusterSettings settings() {
        return new ClusterSettings(
                new Membership.Tcp(List.of("127.0.0.1:" + port)), InetAddress.getLoopbackAddress(), port);
    }
}
