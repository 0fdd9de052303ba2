package dev.muster.launcher.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.muster.launcher.command.Build;
import dev.muster.launcher.command.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** The image's bill of materials (CycloneDX): the libraries in the launcher, Java, and the C library. */
final class BillOfMaterials {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The form of a coordinate in the manifest of the jar without its libraries: group, artifact, version. */
    private static final int PARTS = 3;

    private BillOfMaterials() {}

    /**
     * Writes it.
     *
     * @param beside launcher.jar, the jar without the libraries, whose manifest names them
     */
    static void write(Path beside, Jdk jdk, String libc, Path target) throws IOException {
        var bill = MAPPER.createObjectNode()
                .put("bomFormat", "CycloneDX")
                .put("specVersion", "1.6")
                .put("version", 1);
        bill.putObject("metadata")
                .putObject("component")
                .put("type", "application")
                .put("name", "muster")
                .put("version", Build.ours().toString());
        var components = bill.putArray("components");
        libraries(beside).forEach(library -> add(components, library));
        components.addObject().put("type", "platform").put("name", "openjdk").put("version", jdk.version());
        components.addObject().put("type", "library").put("name", "glibc").put("version", libc);
        MAPPER.writeValue(target.toFile(), bill);
    }

    private static void add(ArrayNode components, String library) {
        var parts = library.split("/", -1);
        components
                .addObject()
                .put("type", "library")
                .put("group", parts[0])
                .put("name", parts[1])
                .put("version", parts[2])
                .put("purl", "pkg:maven/" + parts[0] + "/" + parts[1] + "@" + parts[2]);
    }

    private static List<String> libraries(Path folder) throws IOException {
        try (var jar = new JarFile(plain(folder).toFile())) {
            var names = String.valueOf(jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH));
            return Arrays.stream(names.split(" ", -1))
                    .filter(name -> name.split("/", -1).length == PARTS)
                    .filter(name -> !name.startsWith("com.google.cloud.tools/"))
                    .sorted()
                    .toList();
        }
    }

    /** The jar without the libraries; a build without the linters has a folder of its own. The newer one is launcher.jar's. */
    private static Path plain(Path folder) throws IOException {
        var found = new ArrayList<Path>();
        for (var place : List.of(folder, folder.resolve("quick"))) {
            if (Files.isDirectory(place)) {
                try (var files = Files.newDirectoryStream(place, "launcher-*.jar")) {
                    files.forEach(found::add);
                }
            }
        }
        return found.stream()
                .max(Comparator.comparing(file -> file.toFile().lastModified()))
                .orElseThrow(() -> new StartException(
                        "no launcher-VERSION.jar in " + folder + ", which names the libraries: build with ./muster",
                        null));
    }
}
