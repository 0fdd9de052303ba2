package dev.muster.launcher.roles;

import dev.muster.launcher.cluster.ClusterOptions;
import dev.muster.launcher.command.GeneralOptions;
import dev.muster.launcher.options.ConfigOption;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.options.Nearest;
import dev.muster.launcher.options.OptionGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The roles of a process.
 *
 * @param chosen as the user named them
 */
record RoleSet(List<Role> chosen) {
    private static final List<OptionGroup> COMMON = Stream.of(
                    ProcessOptions.class,
                    ClusterOptions.class,
                    PushOptions.class,
                    GeneralOptions.class,
                    ConfigOption.class)
            .map(type -> OptionGroup.of("", type))
            .toList();

    /** The options of every process. */
    static List<OptionGroup> common() {
        return COMMON;
    }

    /** Every option of every role. */
    static List<OptionGroup> everyGroup() {
        return Stream.concat(COMMON.stream(), Arrays.stream(Role.values()).flatMap(Role::groups))
                .distinct()
                .toList();
    }

    /**
     * The roles that were asked for, or {@code local} when none was.
     *
     * @param problems takes what is wrong with them
     */
    static RoleSet of(Given given, List<String> problems) {
        var chosen = new ArrayList<Role>();
        for (var word : given.list(ProcessOptions.ROLE)) {
            Role.of(word)
                    .ifPresentOrElse(
                            chosen::add,
                            () -> problems.add(given.label(ProcessOptions.ROLE) + ": no role '" + word + "' among "
                                    + String.join(", ", Role.words()) + Nearest.question(word, Role.words())));
        }
        if (given.list(ProcessOptions.ROLE).isEmpty()) {
            chosen.add(Role.LOCAL);
        }
        return new RoleSet(chosen.stream().distinct().toList());
    }

    /** The roles that have verticles, each once, in the order in which they start. */
    List<Role> parts() {
        return chosen.stream()
                .flatMap(role -> role.parts().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** What the parts are made of. */
    List<Bill<?>> bills() {
        return parts().stream().flatMap(Role::bills).toList();
    }

    /** What the parts are made of, and a collector in any case: a process that runs alone has one. */
    List<Bill<?>> applyingBills() {
        return Stream.concat(Stream.of(Role.COLLECTOR), parts().stream())
                .distinct()
                .flatMap(Role::bills)
                .toList();
    }

    /** The options to show in help: the common ones and those of the roles. */
    List<OptionGroup> groups() {
        return Stream.concat(COMMON.stream(), chosen.stream().flatMap(Role::groups))
                .distinct()
                .toList();
    }

    /** The options that apply, with a collector's in any case. */
    List<OptionGroup> applying() {
        return Stream.concat(Role.COLLECTOR.groups(), groups().stream()).toList();
    }
}
