package dev.muster.launcher.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.spi.properties.ClusterProperty;
import java.util.UUID;

/** Hazelcast as Muster wants it: no multicast, no phoning home, quick to notice a dead member. */
final class HazelcastConfig {
    /** The attribute of a member that has the number of its bus protocol. */
    static final String PROTOCOL = "muster.protocol";

    /** The attribute of a member that has its instance's name. */
    static final String INSTANCE = "muster.instance";

    private static final String BUILD = "muster.build";
    private static final int PORTS_TO_TRY = 100;

    private HazelcastConfig() {}

    static Config of(ClusterSettings settings, String instance, String build, int protocol) {
        var config = new Config().setClusterName("muster").setInstanceName(instance);
        config.getMemberAttributeConfig()
                .setAttribute(PROTOCOL, String.valueOf(protocol))
                .setAttribute(INSTANCE, instance)
                .setAttribute(BUILD, build)
                // Vert.x knows a member by this when it did not make the Hazelcast instance itself.
                .setAttribute("__vertx.nodeId", UUID.randomUUID().toString());
        network(config.getNetworkConfig(), settings);
        properties(config);
        vertxMaps(config);
        return config;
    }

    private static void network(NetworkConfig network, ClusterSettings settings) {
        var host = settings.host().getHostAddress();
        network.setPort(settings.port())
                .setPortAutoIncrement(settings.host().isLoopbackAddress())
                .setPortCount(PORTS_TO_TRY)
                .setReuseAddress(true);
        network.getInterfaces().setEnabled(true).addInterface(host);
        join(network.getJoin(), settings);
    }

    private static void join(JoinConfig join, ClusterSettings settings) {
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        if (settings.membership() instanceof Membership.Tcp tcp) {
            join.getTcpIpConfig().setEnabled(true).setMembers(tcp.members());
        } else if (settings.membership() instanceof Membership.Dns dns) {
            join.getKubernetesConfig()
                    .setEnabled(true)
                    .setProperty("service-dns", dns.name())
                    .setProperty("service-port", String.valueOf(settings.port()));
        }
    }

    private static void properties(Config config) {
        config.setProperty(ClusterProperty.PHONE_HOME_ENABLED.getName(), "false")
                .setProperty(ClusterProperty.SHUTDOWNHOOK_ENABLED.getName(), "false")
                .setProperty(ClusterProperty.SOCKET_BIND_ANY.getName(), "false")
                .setProperty(ClusterProperty.HEARTBEAT_INTERVAL_SECONDS.getName(), "1")
                .setProperty(ClusterProperty.MAX_NO_HEARTBEAT_SECONDS.getName(), "10")
                .setProperty(ClusterProperty.GRACEFUL_SHUTDOWN_MAX_WAIT.getName(), "10")
                // Something else may listen on a member's port and never answer.
                .setProperty(ClusterProperty.MAX_JOIN_SECONDS.getName(), "30")
                // Members that start at once find each other within this time, and join together.
                .setProperty(ClusterProperty.WAIT_SECONDS_BEFORE_JOIN.getName(), "1")
                // Two halves that did not find each other at first become one soon, not after 5 minutes.
                .setProperty(ClusterProperty.MERGE_FIRST_RUN_DELAY_SECONDS.getName(), "5")
                .setProperty(ClusterProperty.MERGE_NEXT_RUN_DELAY_SECONDS.getName(), "5");
    }

    /** As vertx-hazelcast has them in its own default-cluster.xml. */
    private static void vertxMaps(Config config) {
        config.addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                        .setBackupCount(1)
                        .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET))
                .addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1))
                .addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
    }
}
