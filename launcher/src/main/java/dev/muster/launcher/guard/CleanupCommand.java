package dev.muster.launcher.guard;

import dev.muster.kube.Access;
import dev.muster.kube.ApiClient;
import dev.muster.kube.Discovery;
import dev.muster.kube.KubeOptions;
import dev.muster.kube.Leftovers;
import dev.muster.kube.Leftovers.Found;
import dev.muster.kube.Resource;
import dev.muster.launcher.command.Command;
import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.options.Help;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Lists what runs have left in a cluster, asks, and deletes it. */
public final class CleanupCommand implements Command {
    private static final String USAGE = """
            Usage: muster cleanup api [OPTION...]

            Lists the objects that drivers have left in a cluster, by run, and deletes them when you agree. A driver deletes
            its own at its end; what is left is of one that was killed, or that ran out of time. Exits 0, or 1 when
            something stays.
            """;

    private static final long MOST_MINUTES = 60;

    @Override
    public String name() {
        return "cleanup";
    }

    @Override
    public String summary() {
        return "deletes what runs have left in a cluster";
    }

    @Override
    public String help(Invocation invocation) {
        return USAGE + Help.of("Options", Asked.CLEANUP);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        var options = Asked.read(invocation, Asked.CLEANUP);
        var where = options.of(CheckOptions.class);
        var what = options.of(CleanupOptions.class);
        var vertx = Vertx.vertx();
        try {
            var access = Access.load(options.of(KubeOptions.class), invocation.environment());
            invocation.out().println("cluster  " + access.server() + ", " + access.text());
            var context = vertx.getOrCreateContext();
            var client = call(
                    context,
                    () -> Future.succeededFuture(
                            new ApiClient(vertx, access, ApiClient.Settings.single("muster-cleanup"))));
            var resource = call(context, () -> new Discovery(client).find(what.resource()));
            var leftovers = new Leftovers(client, resource);
            var selector = "purpose=scaletest," + (what.run() == null ? "muster/run" : "muster/run=" + what.run());
            var found = call(context, () -> leftovers.find(Optional.of(where.namespace()), selector));
            tell(found, resource, where.namespace(), invocation.out());
            if (!found.isEmpty()) {
                new Agreement("delete them", what.yes()).ask("Delete them? [y/N] ");
                int gone = call(context, () -> leftovers.delete(found));
                invocation.out().println("deleted " + gone);
            }
            return ExitCode.PASSED;
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        } finally {
            vertx.close();
        }
    }

    /** Where it has looked is in it: of another resource or namespace it says nothing. */
    private static void tell(List<Found> found, Resource resource, String namespace, PrintStream out) {
        if (found.isEmpty()) {
            out.println("nothing is left of " + resource.text()
                    + (resource.namespaced() ? " in namespace " + namespace : ""));
            return;
        }
        var runs = found.stream().collect(Collectors.groupingBy(Found::run, TreeMap::new, Collectors.counting()));
        runs.forEach((run, count) -> out.println("run " + run + ": " + count + " objects"));
    }

    /** What a call on the event loop gives in the end; blocks. */
    private static <T> T call(Context context, Supplier<Future<T>> call) {
        Promise<T> done = Promise.promise();
        context.runOnContext(turn -> call.get().onComplete(done));
        try {
            return done.future().await(MOST_MINUTES, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            throw new StartException("not done within " + MOST_MINUTES + " minutes", e);
        } catch (VertxException e) { // what the server says no to is told in words
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // what a future fails with comes as it is
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }
}
