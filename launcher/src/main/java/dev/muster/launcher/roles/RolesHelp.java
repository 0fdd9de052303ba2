package dev.muster.launcher.roles;

import dev.muster.launcher.command.Command;
import dev.muster.launcher.options.Help;
import java.util.Arrays;
import java.util.List;

/** The help of the launcher. */
final class RolesHelp {
    private RolesHelp() {}

    /**
     * Help on some roles.
     *
     * @param commands the other commands
     * @param roles whose options to list
     * @param none whether the user named no role: then the roles are listed, and the common options alone
     */
    static String of(List<Command> commands, RoleSet roles, boolean none) {
        return usage(commands)
                + (none ? list() + Help.of("Options", RoleSet.common()) : Help.of("Options", roles.groups()))
                + FOOTER;
    }

    private static final String FOOTER = """

            Every option is also a variable (--master-port: MUSTER_MASTER_PORT) and a key of the file of --config
            (master-port: 8888). The command line wins over the environment, the environment over the file.
            Durations: 500ms, 2s, 1m, 1h; a bare number is seconds.
            """;

    private static String usage(List<Command> commands) {
        var text = new StringBuilder("Usage: muster [--role=ROLE,...] [OPTION...]\n");
        for (var command : commands) {
            text.append("       muster ")
                    .append(command.name())
                    .append(" ...  ")
                    .append(command.summary())
                    .append('\n');
        }
        return text.append("       muster --version\n").toString();
    }

    private static String list() {
        var text = new StringBuilder("\nRoles (--role=ROLE --help lists a role's options):\n");
        Arrays.stream(Role.values())
                .forEach(role -> text.append(String.format("  %-12s%s%n", role.word(), role.summary())));
        return text.toString();
    }
}
