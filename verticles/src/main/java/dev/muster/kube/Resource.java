package dev.muster.kube;

import java.util.Optional;

/**
 * A kind of object that the API server serves, and where.
 *
 * @param group empty for the core group
 * @param version such as {@code v1}
 * @param plural as it stands in paths: {@code configmaps}
 * @param kind as it stands in objects: {@code ConfigMap}
 * @param namespaced whether its objects live in namespaces
 */
public record Resource(String group, String version, String plural, String kind, boolean namespaced) {
    /** What {@code --driver-resource} means when it is not given. */
    public static final Resource CONFIG_MAPS = new Resource("", "v1", "configmaps", "ConfigMap", true);

    /** As an object's {@code apiVersion} has it. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As a user writes it: {@code configmaps}, {@code flunders.v1alpha1.wardle.example.com}. */
    public String text() {
        return group.isEmpty() ? plural : plural + "." + version + "." + group;
    }

    /**
     * The path of all its objects.
     *
     * @param namespace empty for those of all namespaces
     */
    public String path(Optional<String> namespace) {
        return (group.isEmpty() ? "/api/" : "/apis/")
                + apiVersion()
                + namespace
                        .filter(any -> namespaced)
                        .map(name -> "/namespaces/" + name)
                        .orElse("")
                + "/" + plural;
    }
}
