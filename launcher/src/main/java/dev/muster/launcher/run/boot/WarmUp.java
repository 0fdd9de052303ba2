package dev.muster.launcher.run.boot;

import dev.muster.bus.Addresses;
import dev.muster.bus.Cleaned;
import dev.muster.bus.Cleanup;
import dev.muster.bus.Stats;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.run.Bus;
import dev.muster.launcher.run.Run;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/**
 * Work before the load that is not recorded: a JVM loads and compiles code when it is first used, and that would be
 * measured as the latency of the first minions.
 */
final class WarmUp {
    private static final int CONNECTIONS = 8;

    private WarmUp() {}

    /**
     * Registers minions of another run with a master, and deletes them.
     *
     * @return what the collector says when it has heard all of it: the state before the load
     * @throws StartException when the master does not take them
     */
    static Stats registrations(Run run, Bus bus, URI master, int count) {
        var other = "warm-up-" + run.folder().run();
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int sent = 0; sent < count && !run.interrupted(); sent += CONNECTIONS) {
            register(client, master, other, sent, Math.min(CONNECTIONS, count - sent));
        }
        bus.ask(Addresses.CLEANUP, new Cleanup(bus.credential(), other), Cleaned.class);
        return bus.settled();
    }

    private static void register(HttpClient client, URI master, String other, int from, int count) {
        var answers = new CompletableFuture<?>[count];
        for (int i = 0; i < count; i++) {
            var path = "/register?age_ms=1&run=" + other + "&minion_id=w-" + (from + i);
            answers[i] = client.sendAsync(
                            HttpRequest.newBuilder(master.resolve(path)).build(), BodyHandlers.ofString())
                    .thenAccept(answer -> requireTaken(answer.statusCode(), answer.body()));
        }
        CompletableFuture.allOf(answers).join();
    }

    private static void requireTaken(int status, String body) {
        if (status != 200) {
            throw new StartException("the master does not take registrations: " + status + " " + body.strip(), null);
        }
    }
}
