package dev.muster.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSettingsTest {
    private final List<String> problems = new ArrayList<>();

    private record Values(
            @Nullable String cluster, @Nullable String clusterHost, int clusterPort) implements ClusterOptions {}

    @Test
    void shouldBeAloneWithoutTheOption() throws UnknownHostException {
        assertThat(settings(null, null, "127.0.0.1")).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldFindMembersByNameOrByAddress() throws UnknownHostException {
        assertThat(settings("dns:members.muster.svc", null, "127.0.0.1"))
                .get()
                .extracting(ClusterSettings::membership)
                .isEqualTo(new Membership.Dns("members.muster.svc"));
        assertThat(settings("tcp:10.0.0.1:5701,host-2:5702", null, "127.0.0.1"))
                .get()
                .extracting(ClusterSettings::membership)
                .isEqualTo(new Membership.Tcp(List.of("10.0.0.1:5701", "host-2:5702")));
    }

    @Test
    void shouldAdvertiseTheGivenAddressElseTheBoundOne() throws UnknownHostException {
        assertThat(settings("tcp:a:1", "127.0.0.1", "127.0.0.3"))
                .get()
                .extracting(this::host)
                .isEqualTo("127.0.0.1");
        assertThat(settings("tcp:a:1", null, "127.0.0.3"))
                .get()
                .extracting(this::host)
                .isEqualTo("127.0.0.3");
    }

    @Test
    void shouldNeverAdvertiseTheAddressOfAllInterfaces() throws UnknownHostException {
        var settings = settings("tcp:a:1", null, "0.0.0.0");

        if (settings.isEmpty()) {
            assertThat(problems)
                    .singleElement()
                    .asString()
                    .startsWith("--cluster-host: this machine has no site-local");
        } else {
            assertThat(settings.get().host().isSiteLocalAddress()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dns:", "tcp:", "tcp:host", "tcp:host:1,", "tcp:host:port", "udp:host:1", "host:1"})
    void shouldSayWhatToWrite(String cluster) throws UnknownHostException {
        assertThat(settings(cluster, null, "127.0.0.1")).isEmpty();

        assertThat(problems).singleElement().asString().startsWith("--cluster: must be ");
    }

    @Test
    void shouldRefuseToAdvertiseTheAddressOfAnotherMachine() throws UnknownHostException {
        assertThat(settings("tcp:a:1", "203.0.113.1", "127.0.0.1")).isEmpty();

        assertThat(problems).containsExactly("--cluster-host: 203.0.113.1 is no address of this machine");
    }

    @Test
    void shouldTellEveryProblemAtOnce() throws UnknownHostException {
        assertThat(settings("host", "no.such.name.invalid", "127.0.0.1")).isEmpty();

        assertThat(problems).hasSize(2);
    }

    private String host(ClusterSettings settings) {
        return settings.host().getHostAddress();
    }

    private Optional<ClusterSettings> settings(@Nullable String cluster, @Nullable String host, String bound)
            throws UnknownHostException {
        return ClusterSettings.of(new Values(cluster, host, 5701), InetAddress.getByName(bound), problems);
    }
}
