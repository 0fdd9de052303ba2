package dev.muster.launcher.options;

import java.util.Collection;
import java.util.HashMap;
import picocli.CommandLine;

/** The help text of options: each group under its owner, with the defaults that apply. */
public final class Help {
    private static final int WIDTH = 110;

    private Help() {}

    /**
     * One section for each group.
     *
     * @param common the heading of a group without an owner
     */
    public static String of(String common, Collection<OptionGroup> groups) {
        var text = new StringBuilder();
        var previous = "";
        for (var group : groups) {
            var heading = group.owner().isEmpty() ? common : "Options of the " + group.owner();
            if (!heading.equals(previous)) {
                text.append('\n').append(heading).append(":\n");
            }
            previous = heading;
            text.append(section(group));
        }
        return text.toString();
    }

    private static String section(OptionGroup group) {
        var command = Options.command(java.util.List.of(group), new HashMap<>());
        command.getCommandSpec().usageMessage().width(WIDTH).sortOptions(false);
        var plain = CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF);
        return new CommandLine.Help(command.getCommandSpec(), plain).optionList();
    }
}
