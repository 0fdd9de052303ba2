package dev.muster.launcher.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A Deployment as it is now.
 *
 * @param selector of its pods' labels
 * @param replicas that it is to have
 * @param there pods that there are, those that end left out
 * @param ready of them
 * @param arguments of its first container
 * @param demand of each pod
 */
public record Workload(
        String name, String selector, int replicas, int there, int ready, List<String> arguments, Demand demand) {
    public Workload {
        arguments = List.copyOf(arguments);
    }

    static Workload of(JsonNode deployment) {
        var spec = deployment.path("spec");
        var status = deployment.path("status");
        var pod = spec.path("template").path("spec");
        return new Workload(
                deployment.path("metadata").path("name").asText(),
                selector(spec.path("selector").path("matchLabels")),
                spec.path("replicas").asInt(1),
                status.path("replicas").asInt(),
                status.path("readyReplicas").asInt(),
                texts(pod.path("containers").path(0).path("args")),
                Demand.of(pod));
    }

    private static String selector(JsonNode labels) {
        return labels.properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /**
     * Its arguments with others in the place of those of the same name.
     *
     * @param more as {@code --name=value}, or {@code --name} alone
     */
    public List<String> argumentsWith(List<String> more) {
        var names = more.stream().map(Workload::name).collect(Collectors.toSet());
        var all = new ArrayList<>(
                arguments.stream().filter(each -> !names.contains(name(each))).toList());
        all.addAll(more);
        return all;
    }

    private static String name(String argument) {
        int end = argument.indexOf('=');
        return end < 0 ? argument : argument.substring(0, end);
    }
}
