package dev.muster.launcher.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.spi.properties.ClusterProperty;
import dev.muster.bus.BusCodecs;
import dev.muster.launcher.command.StartException;
import dev.muster.measure.Counters;
import dev.muster.measure.HealthCounter;
import dev.muster.measure.Rule;
import dev.muster.node.Identity;
import dev.muster.node.NodeMetrics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as a member of a cluster. Members of other builds are welcome, those of another bus protocol are not:
 * whoever comes second leaves. Joining and leaving block, for seconds.
 */
public final class ClusterMember {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterMember.class);

    private final ClusterSettings settings;
    private final HazelcastInstance instance;
    private final Counters<HealthCounter> health;
    private final Consumer<StartException> lost;
    private volatile boolean leaving;
    /** How many members were on this side of a split when it ended. */
    private volatile int side;

    private ClusterMember(
            ClusterSettings settings,
            HazelcastInstance instance,
            Counters<HealthCounter> health,
            Consumer<StartException> lost) {
        this.settings = settings;
        this.instance = instance;
        this.health = health;
        this.lost = lost;
    }

    /**
     * Joins the members that can be found, or begins a cluster of one.
     *
     * @param health written from then on by the membership alone
     * @param lost told, from a thread that must not block, when the membership ends by itself later
     * @throws StartException when it can't join, or when another member speaks another protocol
     */
    public static ClusterMember join(
            ClusterSettings settings,
            Identity identity,
            Counters<HealthCounter> health,
            Consumer<StartException> lost) {
        return join(settings, config(settings, identity), health, lost);
    }

    static ClusterMember join(
            ClusterSettings settings, Config config, Counters<HealthCounter> health, Consumer<StartException> lost) {
        var member = new ClusterMember(settings, start(settings, config), health, lost);
        var stranger = member.stranger();
        if (stranger.isPresent()) {
            member.leave();
            throw stranger.get();
        }
        member.watch();
        return member;
    }

    private static HazelcastInstance start(ClusterSettings settings, Config config) {
        // Hazelcast logs before it reads its configuration.
        System.setProperty(ClusterProperty.LOGGING_TYPE.getName(), "slf4j");
        try {
            return Hazelcast.newHazelcastInstance(config);
        } catch (RuntimeException e) { // Hazelcast throws its own kinds and bare ones
            var reason = String.valueOf(e.getMessage());
            throw new StartException(
                    reason.contains("bind")
                            ? "can't listen on " + settings.host().getHostAddress() + ":" + settings.port()
                                    + " for the cluster; choose another port with " + ClusterOptions.PORT + "=PORT"
                            : "can't join the cluster: " + reason,
                    e);
        }
    }

    private static Config config(ClusterSettings settings, Identity identity) {
        return HazelcastConfig.of(settings, identity.instance(), identity.build(), BusCodecs.PROTOCOL);
    }

    /** Why this member can't stay, if there is another that speaks another protocol. */
    private Optional<StartException> stranger() {
        var ours = instance.getCluster().getLocalMember().getAttribute(HazelcastConfig.PROTOCOL);
        return instance.getCluster().getMembers().stream()
                .filter(member -> !ours.equals(member.getAttribute(HazelcastConfig.PROTOCOL)))
                .findFirst()
                .map(member -> new StartException(
                        "can't stay in the cluster: " + name(member) + " speaks bus protocol "
                                + member.getAttribute(HazelcastConfig.PROTOCOL) + ", and this process " + ours
                                + ": run builds of one protocol together",
                        null));
    }

    private static String name(Member member) {
        return member.getAttribute(HazelcastConfig.INSTANCE) + " at " + member.getAddress();
    }

    private void watch() {
        LOG.info(
                "event=joined members={} address={}",
                members(),
                instance.getCluster().getLocalMember().getAddress());
        instance.getLifecycleService().addLifecycleListener(event -> changed(event.getState()));
    }

    private int members() {
        return instance.getCluster().getMembers().size();
    }

    /** Hazelcast tells of one change at a time, under a lock of its own. */
    private void changed(LifecycleEvent.LifecycleState state) {
        if (state == LifecycleEvent.LifecycleState.MERGING) {
            side = members();
        } else if (state == LifecycleEvent.LifecycleState.MERGED) {
            merged();
        } else if (state == LifecycleEvent.LifecycleState.SHUTDOWN && !leaving) {
            lost.accept(new StartException("the cluster has shut this member out; -v 4 tells why", null));
        }
    }

    /**
     * Clusters that a network has parted, or that began apart, become one when they find each other: each member of the
     * smaller one is told. Only then a stranger is seen.
     */
    private void merged() {
        health.increment(HealthCounter.BUS_MERGED);
        LOG.warn(
                "event=split_brain_healed members={} apart={} meaning=\"the bus was in two parts that did not hear each"
                        + " other; a run during this is INVALID ({})\"",
                members(),
                side,
                Rule.BUS_SPLIT.code());
        stranger().ifPresent(lost);
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

    /** Where other processes can join it: {@code HOST:PORT}. */
    public String address() {
        var address = instance.getCluster().getLocalMember().getAddress();
        return address.getHost() + ":" + address.getPort();
    }

    /** Leaves, when the Vert.x is closed; what this member held for the others goes to them first. */
    public void leave() {
        leaving = true;
        instance.shutdown();
    }
}
