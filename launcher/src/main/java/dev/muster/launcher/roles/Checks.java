package dev.muster.launcher.roles;

import dev.muster.launcher.cluster.ClusterOptions;
import dev.muster.launcher.cluster.ClusterSettings;
import dev.muster.launcher.command.GeneralOptions;
import dev.muster.launcher.options.Options;
import dev.muster.sql.EmbeddedMariaDb;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the options of one process must satisfy together. Notes every problem in the options. */
final class Checks {
    private static final int LAST_PORT = 65_535;

    private final RoleSet roles;
    private final Options options;
    private final ProcessOptions process;
    private final List<String> problems = new ArrayList<>();

    private Checks(RoleSet roles, Options options) {
        this.roles = roles;
        this.options = options;
        this.process = options.of(ProcessOptions.class);
    }

    /**
     * Checks all.
     *
     * @param mariaDb the folder that should hold the embedded MariaDB
     * @return how to join the others; empty when the process runs alone, or when something is wrong
     */
    static Optional<ClusterSettings> check(RoleSet roles, Options options, Path mariaDb) {
        var checks = new Checks(roles, options);
        checks.general();
        checks.database(mariaDb);
        var address = checks.bindAddress();
        var cluster = address.flatMap(checks::cluster);
        checks.ports(cluster.isPresent());
        checks.admin(Stream.concat(address.stream(), cluster.map(ClusterSettings::host).stream()));
        roles.applyingBills().forEach(bill -> checks.problems.addAll(bill.problems(options)));
        options.problems(checks.problems);
        return cluster;
    }

    private void general() {
        var general = options.of(GeneralOptions.class);
        if (general.verbosity() < 0 || general.verbosity() > GeneralOptions.MOST_VERBOSE) {
            problems.add("--verbosity must be 0 to " + GeneralOptions.MOST_VERBOSE + ", not " + general.verbosity());
        }
        if (general.keepData() && general.dataDir() == null) {
            problems.add("--keep-data needs the folder to keep the data in: give --data-dir");
        }
    }

    private void database(Path mariaDb) {
        for (var bill : roles.bills()) {
            bill.database()
                    .filter(option -> !options.isGiven(option) && !EmbeddedMariaDb.isHome(mariaDb))
                    .ifPresent(option -> problems.add(option + " is needed: there is no embedded MariaDB in " + mariaDb
                            + "; give mysql://user:password@host:3306/muster, or build Muster with ./muster, or name"
                            + " the folder of MariaDB's binaries in " + EmbeddedDatabase.HOME_VARIABLE));
        }
    }

    private Optional<InetAddress> bindAddress() {
        try {
            return Optional.of(InetAddress.getByName(process.bindAddress()));
        } catch (UnknownHostException e) {
            problems.add("--bind-address: '" + process.bindAddress() + "' is no address and no known name");
            return Optional.empty();
        }
    }

    private Optional<ClusterSettings> cluster(InetAddress address) {
        return ClusterSettings.of(options.of(ClusterOptions.class), address, problems);
    }

    /** A role checks the range of its own ports. */
    private void ports(boolean clustered) {
        var own = Stream.of(ProcessOptions.MANAGEMENT_PORT, ClusterOptions.PORT);
        own.filter(option -> options.number(option) < 0 || options.number(option) > LAST_PORT)
                .forEach(option ->
                        problems.add(option + " must be 0 (any) to " + LAST_PORT + ", not " + options.number(option)));
        var taken = new TreeMap<Integer, String>();
        var ports = Stream.of(
                        roles.bills().stream().flatMap(bill -> bill.ports().stream()),
                        Stream.of(ProcessOptions.MANAGEMENT_PORT),
                        clustered ? Stream.of(ClusterOptions.PORT) : Stream.<String>of())
                .flatMap(names -> names)
                .toList();
        for (var option : ports) {
            int port = options.number(option);
            var other = port == 0 ? null : taken.putIfAbsent(port, option);
            if (other != null) {
                problems.add(other + " and " + option + " are both " + port + ": give one of them another port");
            }
        }
    }

    /** Whoever can reach an admin path from elsewhere must show a token, unless the user says otherwise. */
    private void admin(Stream<InetAddress> addresses) {
        var token = process.adminToken();
        if (token != null && token.isBlank()) {
            problems.add("--admin-token must not be empty: give one, or leave the option out");
        }
        if (token != null || process.insecureAdmin()) {
            return;
        }
        addresses
                .filter(address -> !address.isLoopbackAddress())
                .distinct()
                .forEach(address -> problems.add("--admin-token is needed on " + address.getHostAddress()
                        + ", which other machines can reach: give one, better as MUSTER_ADMIN_TOKEN, or allow"
                        + " everyone's admin requests with --insecure-admin"));
    }
}
