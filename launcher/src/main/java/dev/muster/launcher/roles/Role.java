package dev.muster.launcher.roles;

import dev.muster.blocks.Blocks;
import dev.muster.blocks.BlocksOptions;
import dev.muster.broker.Broker;
import dev.muster.broker.BrokerOptions;
import dev.muster.collector.Collector;
import dev.muster.collector.CollectorOptions;
import dev.muster.console.Console;
import dev.muster.console.ConsoleOptions;
import dev.muster.driver.Driver;
import dev.muster.driver.DriverOptions;
import dev.muster.engine.Engine;
import dev.muster.engine.EngineOptions;
import dev.muster.faults.Faults;
import dev.muster.faults.FaultsOptions;
import dev.muster.informer.Informer;
import dev.muster.informer.InformerOptions;
import dev.muster.kube.KubeOptions;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.master.Master;
import dev.muster.master.MasterOptions;
import dev.muster.minion.Minion;
import dev.muster.minion.MinionOptions;
import dev.muster.store.Store;
import dev.muster.store.StoreOptions;
import dev.muster.streams.Streams;
import dev.muster.streams.StreamsOptions;
import dev.muster.stress.Stress;
import dev.muster.stress.StressOptions;
import dev.muster.watcher.Watcher;
import dev.muster.watcher.WatcherOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bill of materials: every role that a process can run. The roles of a process start in this order. A new role is a
 * constant here and a package with its verticles, its options and its entry.
 */
@SuppressWarnings("ImmutableEnumChecker") // unmodifiable collections, and a record of functions without state
public enum Role {
    COLLECTOR(
            "merges what every process measures and answers /stats; a process alone has one anyway",
            new Bill<>(CollectorOptions.class, Collector::problems, Collector::deployments)),

    MASTER(
            "takes the minions' registrations, stores them in MariaDB and gives minions tasks",
            new Bill<>(MasterOptions.class, Master::problems, Master::deployments)
                    .listeningOn("--master-port")
                    .storingIn("--master-db-url")),

    MINION(
            "registers many virtual minions with a master and does their tasks",
            new Bill<>(MinionOptions.class, Minion::problems, Minion::deployments)
                    .following("--minion-master-url", "master")),

    BROKER(
            "holds the connections of engines, takes their heartbeats and tells them to work or to end",
            new Bill<>(BrokerOptions.class, Broker::problems, Broker::deployments)
                    .listeningOn("--broker-port", "--broker-http-port")),

    ENGINE(
            "holds many connections to a broker, each with a heartbeat, and burns CPU or ends when the broker says so",
            new Bill<>(EngineOptions.class, Engine::problems, Engine::deployments)
                    .following("--engine-broker", "broker")),

    STRESS(
            "burns CPU as it is told over HTTP or by a run, and says how much of it it got",
            new Bill<>(StressOptions.class, Stress::problems, Stress::deployments).listeningOn("--stress-port")),

    WATCHER(
            "watches the objects of an API server, and tells how late each change is heard of",
            Bill.onKube(WatcherOptions.class, Watcher::problems, Watcher::deployments)),

    INFORMER(
            "watches the objects of an API server and works each change off a queue, as a controller does",
            Bill.onKube(InformerOptions.class, Informer::problems, Informer::deployments)),

    DRIVER(
            "creates, patches and deletes objects through an API server, at a rate or with workers that wait",
            Bill.onKube(DriverOptions.class, Driver::problems, Driver::deployments)),

    STORE(
            "a stand-in event store (AtomPub over HTTP, on MariaDB), for trying out and testing",
            new Bill<>(StoreOptions.class, Store::problems, Store::deployments)
                    .listeningOn("--store-port")
                    .storingIn("--store-db-url")),

    STREAMS(
            "users who append events to an event store and read them again, and what they measure",
            new Bill<>(StreamsOptions.class, Streams::problems, Streams::deployments)
                    .following("--streams-url", "store")),

    BLOCKS(
            "streams blocks of bytes over TLS and HTTP/2; with a base URL it asks for them as well",
            new Bill<>(BlocksOptions.class, Blocks::problems, Blocks::deployments).listeningOn("--blocks-port")),

    CONSOLE(
            "a page that shows what happens now, asks for runs and opens their results",
            new Bill<>(ConsoleOptions.class, Console::problems, Console::deployments).listeningOn("--console-port")),

    FAULTS(
            "ends processes of a run, deletes pods, drains and loses nodes, as a run tells it",
            new Bill<>(FaultsOptions.class, Faults::problems, Faults::deployments)),

    LOCAL(
            "all of it on this machine, with an embedded MariaDB and 1,000 minions",
            List.of(COLLECTOR, MASTER, MINION, BROKER, STORE, STRESS, BLOCKS, CONSOLE),
            Map.of(
                    "--minion-count",
                    "1000",
                    "--minion-ramp",
                    "2s",
                    "--broker-http-port",
                    "8081",
                    "--stress-port",
                    "8082"));

    /** Of every role that talks with an API server. */
    private static final OptionGroup KUBE = OptionGroup.of("roles that talk with an API server", KubeOptions.class);

    private final String summary;
    private final Optional<Bill<?>> bill;
    private final List<Role> parts;
    private final Map<String, String> defaults;

    Role(String summary, Bill<?> bill) {
        this.summary = summary;
        this.bill = Optional.of(bill);
        this.parts = List.of(this);
        this.defaults = Map.of();
    }

    /** A composite has no verticles of its own: the options of all its parts apply, with its own defaults. */
    Role(String summary, List<Role> parts, Map<String, String> defaults) {
        this.summary = summary;
        this.bill = Optional.empty();
        this.parts = parts;
        this.defaults = defaults;
    }

    /** As {@code --role} takes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One line of help. */
    public String summary() {
        return summary;
    }

    /** The role of that word. */
    static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** What {@code --role} takes. */
    static List<String> words() {
        return Arrays.stream(values()).map(Role::word).toList();
    }

    /** Itself, or what it is composed of. */
    List<Role> parts() {
        return parts;
    }

    /** Its own defaults for options of its parts, by option name. */
    Map<String, String> defaults() {
        return defaults;
    }

    /** What it is made of, with its parts' bills when it is composed. */
    Stream<Bill<?>> bills() {
        return bill.map(Stream::<Bill<?>>of).orElseGet(() -> parts.stream().flatMap(Role::bills));
    }

    /** Its options, or those of its parts. */
    Stream<OptionGroup> groups() {
        return parts.stream().flatMap(part -> part.bill.stream().flatMap(own -> {
            var group = new OptionGroup("role " + part.word(), own.options(), defaults);
            return own.onKube() ? Stream.of(group, KUBE) : Stream.of(group);
        }));
    }
}
