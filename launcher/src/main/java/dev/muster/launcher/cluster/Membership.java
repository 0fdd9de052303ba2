package dev.muster.launcher.cluster;

import java.util.ArrayList;
import java.util.List;

/** How the other processes are found: the value of {@code --cluster}. */
public sealed interface Membership {
    /** The addresses behind a headless Service's name. */
    record Dns(String name) implements Membership {}

    /** Some of the members, each {@code HOST:PORT}. */
    record Tcp(List<String> members) implements Membership {}

    /**
     * Reads the option's value.
     *
     * @throws IllegalArgumentException if it is neither; the message says what to write
     */
    static Membership parse(String value) {
        if (value.startsWith("dns:") && value.length() > "dns:".length()) {
            return new Dns(value.substring("dns:".length()));
        }
        if (value.startsWith("tcp:")) {
            return new Tcp(members(value.substring("tcp:".length())));
        }
        throw new IllegalArgumentException("must be dns:NAME or tcp:HOST:PORT,..., not '" + value + "'");
    }

    private static List<String> members(String list) {
        var members = new ArrayList<String>();
        for (var member : list.split(",", -1)) {
            if (!member.matches("\\S+:\\d{1,5}")) {
                throw new IllegalArgumentException("must be tcp:HOST:PORT,..., and '" + member + "' is no HOST:PORT");
            }
            members.add(member);
        }
        return List.copyOf(members);
    }
}
