package dev.muster.launcher;

import dev.muster.launcher.command.Build;
import dev.muster.launcher.command.Command;
import dev.muster.launcher.command.EndedException;
import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.command.Termination;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.compare.CompareCommand;
import dev.muster.launcher.guard.CheckCommand;
import dev.muster.launcher.guard.CleanupCommand;
import dev.muster.launcher.image.ClusterCommand;
import dev.muster.launcher.image.ImageCommand;
import dev.muster.launcher.options.Nearest;
import dev.muster.launcher.report.ReportCommand;
import dev.muster.launcher.roles.Companion;
import dev.muster.launcher.roles.RolesCommand;
import dev.muster.launcher.run.RunCommand;
import dev.muster.launcher.secrets.SecretsCommand;
import dev.muster.launcher.service.RunService;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Picks the command, runs it, and turns what goes wrong into lines that a user can act on and an exit code. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final Set<String> HELP = Set.of("-h", "--help");
    private static final Set<String> VERSION = Set.of("-V", "--version");

    private final List<Command> commands;
    private final List<Companion> companions;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param commands what the first word can pick; no word picks the roles
     * @param companions what roles can't do themselves
     * @param out results
     * @param err errors
     */
    Main(List<Command> commands, List<Companion> companions, PrintStream out, PrintStream err) {
        this.commands = List.copyOf(commands);
        this.companions = List.copyOf(companions);
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        var termination = new Termination();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(termination), "termination"));
        var run = new RunCommand(EveryExperiment.list());
        var code = new Main(
                        List.of(
                                run,
                                new ReportCommand(),
                                new CompareCommand(),
                                new CheckCommand(),
                                new CleanupCommand(),
                                new ImageCommand(),
                                new ClusterCommand(),
                                new SecretsCommand()),
                        List.of(new RunService(run)),
                        System.out,
                        System.err)
                .run(List.of(args), System.getenv(), termination);
        System.exit(code);
    }

    /** A JVM that ends by a signal exits with the signal's number, whatever a hook did, unless the hook halts it. */
    private static void end(Termination termination) {
        termination.happen().ifPresent(code -> Runtime.getRuntime().halt(code.code()));
    }

    int run(List<String> arguments, Map<String, String> environment, Termination termination) {
        try {
            return dispatch(arguments, environment, termination).code();
        } catch (UsageException e) {
            e.problems().forEach(problem -> err.println("muster: " + problem));
            err.println("muster: --help lists the options");
            return ExitCode.USAGE.code();
        } catch (EndedException e) {
            err.println("muster: " + e.getMessage());
            return e.code();
        } catch (StartException e) {
            err.println("muster: " + String.valueOf(e.getMessage()).replace('\n', ' '));
            LOG.debug("event=start_failed", e);
            return ExitCode.ERROR.code();
        } catch (RuntimeException e) {
            err.println("muster: " + e + " (a defect of Muster; -v 3 tells where)");
            LOG.debug("event=defect", e);
            return ExitCode.ERROR.code();
        }
    }

    private ExitCode dispatch(List<String> arguments, Map<String, String> environment, Termination termination) {
        if (arguments.stream().anyMatch(VERSION::contains)) {
            out.println("muster " + Build.ours());
            return ExitCode.PASSED;
        }
        var rest = new ArrayList<>(arguments);
        var command = pick(rest);
        boolean help = rest.removeIf(HELP::contains);
        var invocation = new Invocation(rest, environment, out, termination);
        if (help) {
            out.print(command.help(invocation));
            return ExitCode.PASSED;
        }
        return command.run(invocation);
    }

    private Command pick(List<String> arguments) {
        if (arguments.isEmpty() || arguments.get(0).startsWith("-")) {
            return new RolesCommand(commands, companions);
        }
        var word = arguments.remove(0);
        return commands.stream()
                .filter(command -> command.name().equals(word))
                .findFirst()
                .orElseThrow(() -> unknown(word));
    }

    private UsageException unknown(String word) {
        var names = commands.stream().map(Command::name).toList();
        return new UsageException(List.of(word + ": no such command" + Nearest.question(word, names)));
    }
}
