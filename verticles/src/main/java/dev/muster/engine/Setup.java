package dev.muster.engine;

import dev.muster.engine.EngineOptions.Protocol;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options as the engines use them: read, converted and checked once.
 *
 * @param broker not resolved, unless it is an address
 * @param id of the engine, or what the ids begin with
 * @param count how many engines the process has
 * @param retries how often in a row an engine tries again; {@link Long#MAX_VALUE} for ever
 */
record Setup(
        InetSocketAddress broker,
        String id,
        int count,
        Protocol protocol,
        long heartbeatNanos,
        long rampNanos,
        long tickNanos,
        long timeoutMillis,
        long retries,
        long retryNanos,
        List<InetAddress> sources) {
    static final int LONGEST_ID = 128;
    static final String ID_RANGE = "1 to " + LONGEST_ID + " characters of A-Z a-z 0-9 . _ -";
    static final long MOST_RETRIES = 1_000_000;

    private static final int MOST_PORT = 65_535;
    /** The waits before the retries grow up to this one's. */
    private static final int LONGEST_WAIT = 4;

    /** So quick that code is compiled soon, and yet no more than a broker can take beside others. */
    private static final long WARM_UP_HEARTBEAT_NANOS = 100_000_000;

    private static final long WARM_UP_RAMP_NANOS = 1_000_000_000;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1," + LONGEST_ID + "}");
    private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9._-]");
    private static final Pattern BROKER = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");
    private static final Pattern RETRIES = Pattern.compile("[0-9]{1,7}");
    /** So that any number fits behind a host's name. */
    private static final int LONGEST_PREFIX = LONGEST_ID - 8;

    /** Of options without problems. May look up the host's name, so it is not for an event loop. */
    static Setup of(EngineOptions options, Map<String, String> environment) {
        return new Setup(
                broker(options.broker()).orElseThrow(),
                prefix(options.id(), environment),
                options.count(),
                options.protocol(),
                options.heartbeat().toNanos(),
                options.ramp().toNanos(),
                options.tick().toNanos(),
                options.timeout().toMillis(),
                retries(options.retry()).orElseThrow(),
                options.retryWait().toNanos(),
                addresses(options).stream()
                        .map(each -> source(each).orElseThrow())
                        .toList());
    }

    /** The same for some others before: with ids of their own, quicker, and without a second try. */
    Setup forWarmUp(int others) {
        var own = id.substring(0, Math.min(id.length(), LONGEST_PREFIX - 2)) + "-w";
        return new Setup(
                broker,
                own,
                others,
                protocol,
                WARM_UP_HEARTBEAT_NANOS,
                WARM_UP_RAMP_NANOS,
                tickNanos,
                timeoutMillis,
                0,
                retryNanos,
                sources);
    }

    /** What {@code --engine-source-addresses} has; picocli leaves an option that was not given null. */
    static List<String> addresses(EngineOptions options) {
        @Nullable List<String> given = options.sourceAddresses();
        return given == null ? List.of() : given;
    }

    /** The address, when it is one: no name, so that nothing is looked up. */
    static Optional<InetAddress> source(String text) {
        return Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(text));
    }

    static Optional<InetSocketAddress> broker(String text) {
        var form = BROKER.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(form.group(2));
        if (port < 1 || port > MOST_PORT) {
            return Optional.empty();
        }
        var host = form.group(1).replaceAll("[\\[\\]]", "");
        var address = NetUtil.createInetAddressFromIpAddressString(host);
        if (address == null && form.group(1).startsWith("[")) {
            return Optional.empty();
        }
        return Optional.of(
                address == null
                        ? InetSocketAddress.createUnresolved(host, port)
                        : new InetSocketAddress(address, port));
    }

    static OptionalLong retries(String text) {
        if (text.equals("forever")) {
            return OptionalLong.of(Long.MAX_VALUE);
        }
        return RETRIES.matcher(text).matches() && Long.parseLong(text) <= MOST_RETRIES
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The id of the engine with this number. */
    String id(int engine) {
        return id(id, engine, count);
    }

    static String id(String prefix, int engine, int count) {
        return count == 1 ? prefix : prefix + '-' + engine;
    }

    /** When an engine connects for the first time, after the start. */
    long beginNanos(int engine) {
        return (long) ((double) rampNanos * engine / count);
    }

    /** Where in the period its heartbeats are. */
    long phaseNanos(int engine) {
        return (long) ((double) heartbeatNanos * engine / count);
    }

    /**
     * How long an engine waits after so many failures in a row: one, two, three and then four times the option's. A third
     * of the first wait is what engines that failed together are spread over, by their numbers.
     */
    long waitNanos(int engine, long failures) {
        long spread = (long) (retryNanos / 3.0 * engine / count);
        return retryNanos * Math.min(failures, LONGEST_WAIT) + spread;
    }

    /** A v2 connection on which nothing was acknowledged for so long is dead: the time after which a broker lists an engine. */
    long silenceNanos() {
        return 4 * heartbeatNanos;
    }

    private static String prefix(@Nullable String chosen, Map<String, String> environment) {
        if (chosen != null) {
            return chosen;
        }
        var name = FOREIGN.matcher(hostName(environment)).replaceAll("-");
        return name.substring(0, Math.min(name.length(), LONGEST_PREFIX));
    }

    private static String hostName(Map<String, String> environment) {
        var name = environment.getOrDefault("HOSTNAME", "");
        if (!name.isEmpty()) {
            return name;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException noName) {
            return "localhost"; // a machine without a name in its own hosts file
        }
    }
}
