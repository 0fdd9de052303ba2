package dev.muster.kube;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that we are to be allowed to do.
 *
 * @param verb such as {@code create}
 * @param group of the resource; empty for the core group
 * @param resource in the plural, with a subresource behind a slash: {@code deployments/scale}
 * @param namespace empty for all, and for what lives in none
 */
public record Permission(String verb, String group, String resource, String namespace) {
    /** The permission for a resource in a namespace. */
    public static Permission of(String verb, Resource resource, String namespace) {
        return new Permission(verb, resource.group(), resource.plural(), resource.namespaced() ? namespace : "");
    }

    /** For a user: {@code create configmaps in namespace scaletest}. */
    public String text() {
        var where = namespace.isEmpty() ? "" : " in namespace " + namespace;
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group) + where;
    }

    /** The rules of a Role or ClusterRole that grants all of these, on one line of YAML. */
    public static String rules(Collection<Permission> all) {
        var verbs = new LinkedHashMap<String, Set<String>>();
        for (var each : all) {
            var what = "apiGroups: [\"" + each.group + "\"], resources: [" + each.resource + "]";
            verbs.computeIfAbsent(what, first -> new LinkedHashSet<>()).add(each.verb);
        }
        return verbs.entrySet().stream()
                .map(rule -> "{" + rule.getKey() + ", verbs: [" + String.join(", ", rule.getValue()) + "]}")
                .collect(Collectors.joining(", ", "rules: [", "]"));
    }

    /** For a user, when these are missing: what is, and what to add. */
    public static String missing(Collection<Permission> all) {
        boolean cluster = all.stream().anyMatch(each -> each.namespace.isEmpty());
        return "not allowed to " + all.stream().map(Permission::text).collect(Collectors.joining(", to "))
                + ": bind us to a " + (cluster ? "ClusterRole" : "Role") + " with " + rules(all);
    }
}
