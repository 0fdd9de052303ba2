package dev.muster.minion;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the minions of this process tell the master about themselves.
 *
 * @param idPrefix their ids are this and a number: {@code prefix-0}
 * @param run their run, empty for none
 * @param parameters of the registration, by name: the pod's and the labels
 */
record Introduction(String idPrefix, String run, Map<String, String> parameters) {
    private static final String LABEL_VARIABLE = "MINION_";
    private static final Pattern LABEL_KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final int LONGEST_VALUE = 256;

    Introduction {
        parameters = Map.copyOf(parameters);
    }

    /**
     * From the options, and the environment variables that the downward API fills.
     *
     * @param environment as {@link System#getenv()}
     */
    static Introduction of(MinionOptions options, Map<String, String> environment) {
        var parameters = new LinkedHashMap<String, String>();
        put(parameters, "pod", environment.get("POD_NAME"));
        put(parameters, "pod_uid", environment.get("POD_UID"));
        put(parameters, "node", environment.get("NODE_NAME"));
        put(parameters, "namespace", environment.get("POD_NAMESPACE"));
        environment.forEach((name, value) -> {
            if (isLabel(name)) {
                put(parameters, "label." + key(name), value);
            }
        });
        return new Introduction(idPrefix(options.id(), environment), options.run(), parameters);
    }

    /** What is wrong with the labels, one line each: the master would refuse every registration for it. */
    static List<String> labelProblems(Map<String, String> environment) {
        return new TreeMap<>(environment)
                .entrySet().stream()
                        .filter(variable -> isLabel(variable.getKey()))
                        .filter(variable ->
                                !LABEL_KEY.matcher(key(variable.getKey())).matches()
                                        || variable.getValue().length() > LONGEST_VALUE)
                        .map(variable -> "the environment variable " + variable.getKey()
                                + " can't be a label: behind " + LABEL_VARIABLE
                                + " come 1 to 63 characters of A-Z a-z 0-9 _ . -, a letter or digit first,"
                                + " and its value has at most " + LONGEST_VALUE + " characters")
                        .toList();
    }

    private static boolean isLabel(String variable) {
        return variable.startsWith(LABEL_VARIABLE) && variable.length() > LABEL_VARIABLE.length();
    }

    private static String key(String variable) {
        return variable.substring(LABEL_VARIABLE.length());
    }

    private static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parameters.put(name, value);
        }
    }

    private static String idPrefix(@Nullable String chosen, Map<String, String> environment) {
        if (chosen != null) {
            return chosen;
        }
        var podUid = environment.getOrDefault("POD_UID", "");
        return podUid.isEmpty() ? MinionId.clean(hostName(environment)) : podUid;
    }

    private static String hostName(Map<String, String> environment) {
        var name = environment.getOrDefault("HOSTNAME", "");
        if (!name.isEmpty()) {
            return name;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
