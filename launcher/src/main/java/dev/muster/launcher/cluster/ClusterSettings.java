package dev.muster.launcher.cluster;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How to join: the checked options.
 *
 * @param membership how the others are found
 * @param host the address that others reach
 * @param port the port that others reach, 0 for any
 */
public record ClusterSettings(Membership membership, InetAddress host, int port) {
    /**
     * Checks the options.
     *
     * @param bindAddress of the servers of this process
     * @param problems takes what is wrong, one line each
     * @return empty when the process runs alone, or when something is wrong
     */
    public static Optional<ClusterSettings> of(ClusterOptions options, InetAddress bindAddress, List<String> problems) {
        var cluster = options.cluster();
        if (cluster == null) {
            return Optional.empty();
        }
        var found = new ArrayList<String>();
        var membership = membership(cluster, found);
        var host = host(options, bindAddress, found);
        problems.addAll(found);
        return membership.flatMap(m -> host.map(h -> new ClusterSettings(m, h, options.clusterPort())));
    }

    private static Optional<Membership> membership(String cluster, List<String> problems) {
        try {
            return Optional.of(Membership.parse(cluster));
        } catch (IllegalArgumentException e) {
            problems.add("--cluster: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> host(ClusterOptions options, InetAddress bindAddress, List<String> problems) {
        var given = options.clusterHost();
        if (given == null) {
            var chosen = bindAddress.isAnyLocalAddress() ? siteLocal() : Optional.of(bindAddress);
            if (chosen.isEmpty()) {
                problems.add("--cluster-host: this machine has no site-local address; give the one to advertise");
            }
            return chosen;
        }
        try {
            var host = InetAddress.getByName(given);
            if (NetworkInterface.getByInetAddress(host) != null) {
                return Optional.of(host);
            }
            problems.add("--cluster-host: " + given + " is no address of this machine");
        } catch (UnknownHostException e) {
            problems.add("--cluster-host: '" + given + "' is no address and no known name");
        } catch (SocketException e) {
            problems.add("--cluster-host: can't look for " + given + " on this machine: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** A pod's address: site-local, IPv4 before IPv6. */
    private static Optional<InetAddress> siteLocal() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(InetAddress::isSiteLocalAddress)
                    .min((a, b) -> Integer.compare(a.getAddress().length, b.getAddress().length));
        } catch (SocketException e) {
            return Optional.empty();
        }
    }
}
