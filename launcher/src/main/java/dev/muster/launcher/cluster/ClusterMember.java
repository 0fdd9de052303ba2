package dev.muster.launcher.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import dev.muster.bus.BusCodecs;
import dev.muster.launcher.command.StartException;
import dev.muster.node.Identity;
import dev.muster.node.NodeMetrics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process as a member of a cluster. Joining and leaving block, for seconds. */
public final class ClusterMember {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterMember.class);

    private final ClusterSettings settings;
    private final HazelcastInstance instance;

    private ClusterMember(ClusterSettings settings, HazelcastInstance instance) {
        this.settings = settings;
        this.instance = instance;
    }

    /**
     * Joins the members that can be found, or begins a cluster of one, and makes sure that all speak the same protocol.
     *
     * @throws StartException when it can't join, or when another member speaks another protocol
     */
    public static ClusterMember join(ClusterSettings settings, Identity identity) {
        HazelcastInstance instance;
        try {
            instance = Hazelcast.newHazelcastInstance(config(settings, identity));
        } catch (HazelcastException | IllegalStateException e) {
            throw new StartException("can't join the cluster: " + e.getMessage(), e);
        }
        var member = new ClusterMember(settings, instance);
        try {
            instance.getCluster().getMembers().forEach(ClusterMember::requireOurProtocol);
        } catch (StartException e) {
            member.leave();
            throw e;
        }
        LOG.info(
                "event=joined members={} address={}",
                instance.getCluster().getMembers().size(),
                instance.getCluster().getLocalMember().getAddress());
        return member;
    }

    private static Config config(ClusterSettings settings, Identity identity) {
        return HazelcastConfig.of(settings, identity.instance(), identity.build(), BusCodecs.PROTOCOL);
    }

    private static void requireOurProtocol(Member other) {
        var protocol = other.getAttribute(HazelcastConfig.PROTOCOL);
        if (!String.valueOf(BusCodecs.PROTOCOL).equals(protocol)) {
            throw new StartException(
                    "can't join the cluster: " + other.getAttribute(HazelcastConfig.INSTANCE) + " at "
                            + other.getAddress() + " speaks bus protocol " + protocol + ", and this build "
                            + BusCodecs.PROTOCOL + ": run builds of one protocol together",
                    null);
        }
    }

    /** Makes a Vert.x whose event bus the members share. */
    public Vertx vertx(NodeMetrics metrics, VertxOptions options) {
        var host = settings.host().getHostAddress();
        options.getEventBusOptions().setHost(host).setClusterPublicHost(host);
        return metrics.vertx(options)
                .withClusterManager(new HazelcastClusterManager(instance))
                .buildClustered()
                .await();
    }

    /** Leaves, when the Vert.x is closed; what this member held for the others goes to them first. */
    public void leave() {
        instance.shutdown();
    }
}
