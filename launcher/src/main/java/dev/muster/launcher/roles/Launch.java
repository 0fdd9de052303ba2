package dev.muster.launcher.roles;

import dev.muster.launcher.cluster.ClusterSettings;
import dev.muster.launcher.options.Options;
import dev.muster.node.Identity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to start: checked.
 *
 * @param roles that were chosen
 * @param options their values
 * @param cluster how to join the others; empty when the process runs alone
 * @param identity who the process is
 */
record Launch(RoleSet roles, Options options, Optional<ClusterSettings> cluster, Identity identity) {
    /** The collector, which every process that runs alone has, and otherwise the one that was chosen for it. */
    Optional<Bill<?>> collector() {
        boolean wanted = cluster.isEmpty() || roles.parts().contains(Role.COLLECTOR);
        return wanted ? bills(Stream.of(Role.COLLECTOR)).findFirst() : Optional.empty();
    }

    /** The roles to deploy but for the collector, in order. */
    List<Bill<?>> bills() {
        return bills(roles.parts().stream().filter(role -> role != Role.COLLECTOR))
                .toList();
    }

    private static Stream<Bill<?>> bills(Stream<Role> roles) {
        return roles.flatMap(Role::bills);
    }
}
