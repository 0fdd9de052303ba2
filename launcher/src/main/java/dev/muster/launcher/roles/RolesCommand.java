package dev.muster.launcher.roles;

import dev.muster.launcher.command.Command;
import dev.muster.launcher.command.EndedException;
import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.GeneralOptions;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.Logging;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.push.Push;
import dev.muster.launcher.push.PushTarget;
import dev.muster.launcher.push.Source;
import dev.muster.launcher.roles.RoleProcess.Running;
import dev.muster.node.Ending;
import dev.muster.node.Endpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs roles until the process is told to end. */
public final class RolesCommand implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(RolesCommand.class);

    /** Within the 30 s that Kubernetes gives a pod by default. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    private final List<Command> others;
    private final List<Companion> companions;

    /**
     * @param others the commands to name in the help
     * @param companions what roles can't do themselves
     */
    public RolesCommand(List<Command> others, List<Companion> companions) {
        this.others = List.copyOf(others);
        this.companions = List.copyOf(companions);
    }

    @Override
    public String name() {
        return "";
    }

    @Override
    public String summary() {
        return "runs roles until Ctrl-C";
    }

    @Override
    public String help(Invocation invocation) {
        var given = given(invocation.arguments(), invocation.environment());
        var problems = new ArrayList<String>();
        var roles = RoleSet.of(given, problems);
        refuse(problems);
        return RolesHelp.of(others, roles, given.list(ProcessOptions.ROLE).isEmpty());
    }

    @Override
    public ExitCode run(Invocation invocation) {
        var given = given(invocation.arguments(), invocation.environment());
        var launch = read(given, invocation.environment());
        Logging.configure(
                launch.options().of(GeneralOptions.class).verbosity(),
                launch.identity().instance());
        given.warnings().forEach(warning -> LOG.warn("event=unknown_variable text=\"{}\"", warning));
        return run(launch, invocation);
    }

    static Given given(List<String> arguments, Map<String, String> environment) {
        return new Given(RoleSet.everyGroup(), Set.of(EmbeddedDatabase.HOME_VARIABLE), arguments, environment);
    }

    static Launch read(Given given, Map<String, String> environment) {
        var problems = new ArrayList<String>();
        given.words().forEach(word -> problems.add(word + ": a word that belongs to no option"));
        var unknown = new ArrayList<String>();
        var roles = RoleSet.of(given, unknown);
        // Options of a role whose name is misspelt are no error of their own.
        var options = given.bind(unknown.isEmpty() ? roles.applying() : RoleSet.everyGroup());
        options.problems(unknown);
        options.problems(problems);
        var cluster = Checks.check(roles, options, EmbeddedDatabase.home(environment));
        refuse(options.problems());
        return new Launch(roles, options, cluster, Identities.of(roles.chosen(), environment));
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new UsageException(problems);
        }
    }

    private ExitCode run(Launch launch, Invocation invocation) {
        var started = new Started();
        var end = new CompletableFuture<Ending.Asked>();
        invocation.termination().onSignal(() -> Optional.of(stop(started)));
        if (launch.options().of(ProcessOptions.class).endWithInput()) {
            StandardInput.atEnd(() -> {
                end.cancel(false);
                stop(started);
            });
        }
        try {
            var process = new RoleProcess(launch, started, end::completeExceptionally, invocation.environment());
            var running = process.start();
            running.ending().thenAccept(end::complete);
            push(launch, running, started);
            accompany(launch, running, started, invocation.environment());
            invocation.out().print(greeting(launch, running.endpoints()));
            var ended = end.join();
            throw new EndedException(ended.code(), ended.reason());
        } catch (CancellationException e) {
            return stop(started); // told to end while it started, or by the end of its input
        } catch (RuntimeException e) {
            started.stop(GRACE);
            invocation.termination().forget();
            throw e instanceof CompletionException && e.getCause() instanceof StartException cause ? cause : e;
        }
    }

    /** Ends before the roles are stopped, so that the last push has all but their end. */
    private static void push(Launch launch, Running running, Started started) {
        var options = launch.options().of(PushOptions.class);
        @Nullable List<PushTarget> targets = options.push();
        if (targets != null) {
            var source = new Source(options.run(), options.experiment(), running.instance());
            var push = Push.start(
                    targets,
                    source,
                    running.metrics()::snapshots,
                    warning -> LOG.warn("event=push_failed text=\"{}\"", warning));
            started.add("push", push::close);
        }
    }

    private void accompany(Launch launch, Running running, Started started, Map<String, String> environment) {
        var results = launch.options().of(GeneralOptions.class).results();
        var company = new Companion.Company(running.bus(), running.credential(), results, environment);
        for (var companion : companions) {
            if (launch.roles().parts().contains(companion.role())) {
                started.add("companion of " + companion.role().word(), companion.join(company)::run);
            }
        }
    }

    private static String greeting(Launch launch, Endpoints endpoints) {
        var text = new StringBuilder("muster " + launch.identity().build() + " runs "
                + launch.identity().roles() + "; Ctrl-C ends it\n");
        var console = endpoints.url("console");
        console.ifPresent(url -> text.append(String.format("%n  %-12s%s%n%n", "console", url)));
        endpoints.all().entrySet().stream()
                .filter(each -> !each.getKey().equals("console"))
                .forEach(each -> text.append(String.format(
                        "  %-12s%s%n",
                        each.getKey(),
                        // One link is printed where there is a page: it leads to all else.
                        console.isPresent() ? each.getValue().replaceFirst("^[a-z]+://", "") : each.getValue())));
        return text.toString();
    }

    private static ExitCode stop(Started started) {
        LOG.info("event=stopping");
        boolean clean = started.stop(GRACE);
        LOG.info("event=stopped clean={}", clean);
        return clean ? ExitCode.PASSED : ExitCode.ERROR;
    }
}
