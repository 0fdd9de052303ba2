package dev.muster.launcher.report;

import dev.muster.launcher.command.Command;
import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.result.ResultFolder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code report RESULTS}: makes the page of a run that was. */
public final class ReportCommand implements Command {
    @Override
    public String name() {
        return "report";
    }

    @Override
    public String summary() {
        return "makes the page of a run's result";
    }

    @Override
    public String help(Invocation invocation) {
        return """
                Usage: muster report RESULTS

                Writes report.html into RESULTS, the folder of one run (results/<time>-<experiment>), in place of an
                earlier one. The page holds all that it shows: it opens in any browser, without a network. Each run
                writes it at its end; this makes it again, and makes it for a run that was killed.

                It exits 0 when the page is written, whatever the verdict on the run; 1 when a file can't be read or
                written; 2 when RESULTS is no folder of a run's result.
                """;
    }

    @Override
    public ExitCode run(Invocation invocation) {
        var folder = folder(invocation.arguments());
        try {
            invocation.out().println("report: " + Report.write(folder));
            invocation.out().flush();
            return ExitCode.PASSED;
        } catch (IOException e) {
            throw new StartException("can't make the report: " + reason(e), e);
        }
    }

    /** Some of the JDK's errors have a file's name for their whole message. */
    private static String reason(IOException e) {
        boolean bare = e.getClass() != IOException.class && e instanceof FileSystemException;
        return bare ? e.getClass().getSimpleName() + ": " + e.getMessage() : String.valueOf(e.getMessage());
    }

    private static ResultFolder folder(List<String> arguments) {
        var problems = new ArrayList<String>();
        arguments.stream()
                .filter(argument -> argument.startsWith("-"))
                .forEach(option -> problems.add(option + ": report takes no such option"));
        var words =
                arguments.stream().filter(argument -> !argument.startsWith("-")).toList();
        if (words.size() != 1) {
            problems.add("report takes the folder of one run's result: results/<time>-<experiment>");
        }
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
        return open(words.get(0));
    }

    private static ResultFolder open(String word) {
        try {
            var path = Path.of(word);
            if (!Files.isDirectory(path)) {
                throw new UsageException(List.of(word + ": no such folder"));
            }
            return ResultFolder.open(path);
        } catch (InvalidPathException | IOException e) {
            throw new UsageException(List.of(String.valueOf(e.getMessage())));
        }
    }
}
