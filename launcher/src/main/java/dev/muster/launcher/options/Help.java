package dev.muster.launcher.options;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.OptionSpec;

/** The help text of options: each owner's under a heading, in the order of their names, with the defaults that apply. */
public final class Help {
    private static final int[] COLUMNS = {2, 2, 1, 29, 76};

    private Help() {}

    /**
     * One section for each owner.
     *
     * @param common the heading of groups without an owner
     */
    public static String of(String common, Collection<OptionGroup> groups) {
        var sections = new LinkedHashMap<String, List<OptionGroup>>();
        for (var group : groups) {
            var heading = group.owner().isEmpty() ? common : "Options of the " + group.owner();
            sections.computeIfAbsent(heading, none -> new ArrayList<>()).add(group);
        }
        var text = new StringBuilder();
        sections.forEach(
                (heading, of) -> text.append('\n').append(heading).append(":\n").append(section(of)));
        return text.toString();
    }

    private static String section(List<OptionGroup> groups) {
        var plain = CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF);
        var help = new CommandLine.Help(Options.command(groups).getCommandSpec(), plain);
        var layout = new CommandLine.Help.Layout(plain, TextTable.forColumnWidths(plain, COLUMNS));
        return help.optionList(
                layout, Comparator.comparing(OptionSpec::longestName), help.createDefaultParamLabelRenderer());
    }
}
