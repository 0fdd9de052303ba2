package dev.muster.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One conversation of vectors.txt. */
record Vector(String name, String protocol, List<Step> steps) {
    /** A line: what it is, and its text. */
    record Step(char kind, String text) {}

    static List<Vector> all() {
        try (var file = Vector.class.getResourceAsStream("vectors.txt")) {
            var vectors = new ArrayList<Vector>();
            for (var line : new String(file.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1)) {
                if (line.startsWith("vector ")) {
                    var words = line.split(" ", -1);
                    vectors.add(new Vector(words[1], words[2], new ArrayList<>()));
                } else if (!line.isEmpty() && line.charAt(0) != '#') {
                    vectors.get(vectors.size() - 1).steps().add(new Step(line.charAt(0), line.substring(2)));
                }
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String lineEnd() {
        return protocol.equals("v2") ? "\n" : "";
    }

    List<String> texts(char kind) {
        return steps.stream()
                .filter(step -> step.kind() == kind)
                .map(Step::text)
                .toList();
    }

    /** What the engine sends from silence to silence. */
    List<String> bursts() {
        var bursts = new ArrayList<String>();
        var burst = new StringBuilder();
        for (var step : steps) {
            if (step.kind() == '>') {
                burst.append(step.text()).append(lineEnd());
            } else if (step.kind() == '.') {
                bursts.add(burst.toString());
                burst.setLength(0);
            }
        }
        bursts.add(burst.toString());
        return bursts;
    }

    @Override
    public String toString() {
        return name;
    }
}
