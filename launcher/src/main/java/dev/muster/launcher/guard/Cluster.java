package dev.muster.launcher.guard;

import dev.muster.kube.Access;
import dev.muster.kube.KubeOptions;
import dev.muster.kube.Permission;
import dev.muster.kube.Resource;
import dev.muster.kube.Review;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.command.UsageException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as it is before a load.
 *
 * @param facts what it is, one line each
 * @param missing what stands in the way, one line each; empty when nothing does
 * @param way the options that lead a role to this cluster and to no other, whatever its environment says and whichever
 *     context the kubeconfig has meanwhile
 */
public record Cluster(List<String> facts, List<String> missing, List<String> way) {
    private static final int FEW_FILES = 1_024;

    /**
     * Looks at it; blocks.
     *
     * @param namespace where objects are to be made
     * @param patches whether they are to be changed as well
     * @throws StartException when it can't be reached or does not know us
     */
    public static Cluster look(
            KubeOptions options, Map<String, String> environment, String namespace, boolean patches) {
        return look(options, environment, wanted(namespace, patches));
    }

    /**
     * The same for other things than the making of objects.
     *
     * @param wanted what we have to be allowed to do
     */
    static Cluster look(KubeOptions options, Map<String, String> environment, List<Permission> wanted) {
        try {
            var access = Access.load(options, environment);
            try (var client = access.client()) {
                return look(access, client, wanted, way(options, access));
            } catch (KubernetesClientException e) {
                throw new StartException(
                        "the API server " + access.server() + " (" + access.text() + ") "
                                + (e.getCode() == 401
                                        ? "does not know who we are (401): the credentials have expired; log in again"
                                        : "can't be asked: " + e.getMessage()),
                        e);
            }
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<String> way(KubeOptions options, Access access) {
        var way = new ArrayList<String>();
        if (options.kubeconfig() != null) {
            way.add("--kubeconfig=" + options.kubeconfig());
        }
        access.context().ifPresent(name -> way.add("--kube-context=" + name));
        way.add("--kube-server=" + access.server());
        way.add("--kube-insecure=" + options.insecure());
        return way;
    }

    private static Cluster look(Access access, KubernetesClient client, List<Permission> wanted, List<String> way) {
        var facts = new ArrayList<String>();
        facts.add("cluster  " + access.server() + ", " + access.text());
        facts.add("version  " + client.getKubernetesVersion().getGitVersion());
        facts.addAll(Room.facts(client));
        var missing = new ArrayList<String>();
        var denied = denied(access, wanted);
        if (!denied.isEmpty()) {
            missing.add(Permission.missing(denied));
        }
        files().ifPresent(missing::add);
        return new Cluster(facts, missing, way);
    }

    private static List<Permission> wanted(String namespace, boolean patches) {
        return Stream.of("create", "patch", "delete", "list", "watch")
                .filter(verb -> patches || !verb.equals("patch"))
                .map(verb -> Permission.of(verb, Resource.CONFIG_MAPS, namespace))
                .toList();
    }

    private static List<Permission> denied(Access access, List<Permission> wanted) {
        try (var server = new Asking(access)) {
            return server.ask(client -> new Review(client).missing(wanted));
        }
    }

    private static Optional<String> files() {
        try (var lines = Files.lines(Path.of("/proc/self/limits"))) {
            return lines.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.replaceFirst("Max open files\\s+(\\S+).*", "$1"))
                    .filter(limit -> limit.matches("\\d+") && Long.parseLong(limit) < FEW_FILES)
                    .map(limit -> "only " + limit + " files may be open: raise it with ulimit -n")
                    .findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /** The same, and more that was seen of it. */
    Cluster and(List<String> moreFacts, List<String> moreMissing) {
        return new Cluster(
                Stream.concat(facts.stream(), moreFacts.stream()).toList(),
                Stream.concat(missing.stream(), moreMissing.stream()).toList(),
                way);
    }

    /** All of it, for a user. */
    public List<String> lines() {
        return Stream.concat(facts.stream(), missing.stream().map(each -> "missing  " + each))
                .toList();
    }

    /**
     * Shows it with what is about to happen, and asks whether to go on.
     *
     * @param yes whether the user has agreed beforehand
     * @throws StartException when something is missing, or the user says no
     * @throws UsageException when there is nobody to ask
     */
    public void confirm(String plan, boolean yes, Consumer<String> out) {
        lines().forEach(out);
        out.accept(plan);
        if (!missing.isEmpty()) {
            throw new StartException(String.join("; ", missing), null);
        }
        new Agreement("load this cluster", yes).ask("Go on? [y/N] ");
    }

    /** What a user chose. */
    public record Chosen(
            @Nullable Path kubeconfig,
            @Nullable String context,
            @Nullable String server,
            boolean insecure) implements KubeOptions {}
}
