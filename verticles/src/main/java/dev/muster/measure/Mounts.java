package dev.muster.measure;

import dev.muster.measure.ControlGroup.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the control groups of this process are mounted. Source: proc_pid_mountinfo(5) and proc_pid_cgroup(5).
 *
 * @param root where {@code proc} lies
 * @param mounts lines of {@code mountinfo}
 * @param groups lines of {@code cgroup}: hierarchy, controllers and path, with colons between
 */
record Mounts(Path root, List<String> mounts, List<String> groups) {
    private static final int OF_MOUNT_ROOT = 3;
    private static final int OF_MOUNT_POINT = 4;

    static Mounts read(Path root) throws IOException {
        return new Mounts(
                root,
                Files.readAllLines(root.resolve("proc/self/mountinfo")),
                Files.readAllLines(root.resolve("proc/self/cgroup")));
    }

    /** The group of a controller of version 1. */
    Optional<Group> first(String controller) {
        return group("cgroup", controller);
    }

    /** The group of version 2. */
    Optional<Group> second() {
        return group("cgroup2", "");
    }

    private Optional<Group> group(String type, String controller) {
        for (var line : mounts) {
            var parts = line.split(" - ", 2);
            var kind = parts.length < 2 ? new String[0] : parts[1].split(" ", -1);
            if (kind.length > 2 && kind[0].equals(type) && (controller.isEmpty() || names(kind[2], controller))) {
                var fields = parts[0].split(" ", -1);
                return Optional.of(group(fields[OF_MOUNT_ROOT], fields[OF_MOUNT_POINT], path(controller)));
            }
        }
        return Optional.empty();
    }

    private static boolean names(String list, String word) {
        return Arrays.asList(list.split(",", -1)).contains(word);
    }

    private String path(String controller) {
        for (var line : groups) {
            var parts = line.split(":", 3);
            if (parts.length == 3 && (controller.isEmpty() ? parts[1].isEmpty() : names(parts[1], controller))) {
                return parts[2];
            }
        }
        return "/";
    }

    /** A container has its own group mounted, while its path may be the one that the host sees. */
    private Group group(String mountRoot, String mountPoint, String path) {
        var top = root.resolve(mountPoint.substring(1));
        var below = !mountRoot.equals("/") && path.startsWith(mountRoot) ? path.substring(mountRoot.length()) : path;
        var own = top.resolve(below.replaceFirst("^/+", "")).normalize();
        return new Group(own.startsWith(top) && Files.isDirectory(own) ? own : top, top);
    }
}
