package dev.muster.launcher.image;

import dev.muster.launcher.command.Build;
import dev.muster.launcher.command.Command;
import dev.muster.launcher.command.ExitCode;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.command.UsageException;
import dev.muster.launcher.options.ConfigOption;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.options.Help;
import dev.muster.launcher.options.OptionGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code image}: builds the container image and says where it went. */
public final class ImageCommand implements Command {
    private static final List<OptionGroup> OPTIONS =
            List.of(OptionGroup.of("", ImageOptions.class), OptionGroup.of("", ConfigOption.class));

    private static final String USAGE = """
            Usage: muster image [--tar=FILE] [--registry=REGISTRY] [--load=kind|minikube|containerd] [--jdk-arm64=DIR]

            Builds the image of all roles, muster:VERSION, without Docker and without a base image. It holds a Java runtime
            linked from the JDK 25 that JDK25_HOME names or that is found, this machine's C library, and the launcher, whose
            command is 'java -jar launcher --role=ROLE'. At least one of the three destinations is needed.

            Exits 0, 1 when it can't be built, 2 when used wrongly or when there is no JDK 25.
            """;

    @Override
    public String name() {
        return "image";
    }

    @Override
    public String summary() {
        return "builds the container image, to a file, a registry or a cluster";
    }

    @Override
    public String help(Invocation invocation) {
        return USAGE + Help.of("Options", OPTIONS);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        var request = request(invocation);
        try (var staging = new Staging()) {
            var images = new ArrayList<ImageWriter>();
            for (var target : request.targets()) {
                var image = staging.image(request.jar(), request.jdk(), target, invocation);
                deliver(request, image, staging, invocation);
                images.add(image);
            }
            push(request, images, invocation);
        } catch (IOException e) {
            throw new StartException("can't build the image: " + e.getMessage(), e);
        }
        return ExitCode.PASSED;
    }

    /**
     * What is asked for: checked.
     *
     * @param jar that this command runs from
     * @param jdk of this machine
     * @param targets JDKs whose runtimes are wanted, one for each platform
     */
    private record Request(ImageOptions options, Path jar, Jdk jdk, List<Jdk> targets) {}

    private static Request request(Invocation invocation) {
        var given = new Given(OPTIONS, Set.of(Jdk.VARIABLE), invocation.arguments(), invocation.environment());
        var bound = given.bind(OPTIONS);
        var options = bound.of(ImageOptions.class);
        given.words().forEach(word -> bound.problem(word + ": a word that belongs to no option"));
        if (options.tar() == null && options.registry() == null && options.load() == null) {
            bound.problem("say where the image goes: " + ImageOptions.TAR + "=FILE, " + ImageOptions.REGISTRY
                    + "=REGISTRY or " + ImageOptions.LOAD + "=kind|minikube|containerd");
        }
        var problems = new ArrayList<String>();
        var jdk = Jdk.find(invocation.environment(), problems);
        var arm = Optional.ofNullable(options.jdkArm64()).flatMap(home -> arm64(home, jdk, problems));
        problems.forEach(bound::problem);
        if (!bound.problems().isEmpty()) {
            throw new UsageException(bound.problems());
        }
        var targets = new ArrayList<Jdk>();
        if (arm.isEmpty() || options.registry() != null) {
            targets.add(jdk.orElseThrow());
        }
        arm.ifPresent(targets::add);
        return new Request(options, Staging.jar(), jdk.orElseThrow(), targets);
    }

    private static Optional<Jdk> arm64(Path home, Optional<Jdk> ours, List<String> problems) {
        var found = Jdk.read(home).filter(jdk -> jdk.platform() == Platform.ARM64 && Files.isDirectory(jdk.modules()));
        if (found.isEmpty()) {
            problems.add(ImageOptions.JDK_ARM64 + ": " + home + " is no JDK for linux/arm64 with its jmods");
            return Optional.empty();
        }
        if (ours.isPresent() && ours.get().feature() != found.get().feature()) {
            problems.add(ImageOptions.JDK_ARM64 + ": " + home + " is Java "
                    + found.get().feature() + ", and its linker here "
                    + ours.get().feature() + ": they must be the same");
        }
        return found;
    }

    private static void deliver(Request request, ImageWriter image, Staging staging, Invocation invocation)
            throws IOException {
        var platform = image.platform();
        var options = request.options();
        var local = ImageName.local(Build.ours());
        var tar = options.tar();
        if (tar != null
                && (request.targets().size() == 1 || platform == request.jdk().platform())) {
            image.write(local, tar);
            tell(invocation, local, List.of(platform), "in " + tar + ", " + megabytes(tar));
        }
        var load = options.load();
        if (load != null && platform == request.jdk().platform()) {
            var file = tar == null ? staging.file("image.tar") : tar;
            if (tar == null) {
                image.write(local, file);
            }
            Loader.load(load, file);
            tell(
                    invocation,
                    local,
                    List.of(platform),
                    "loaded into " + load.name().toLowerCase(Locale.ROOT));
        }
    }

    /** After all are built: a name in a registry stands for every platform that was asked for, or is not there. */
    private static void push(Request request, List<ImageWriter> images, Invocation invocation) throws IOException {
        var registry = request.options().registry();
        if (registry != null) {
            var name = ImageName.in(registry, Build.ours());
            Registry.of(name).push(images, (pushed, platforms) -> tell(invocation, pushed, platforms, "pushed"));
            named(request.jar(), name, invocation);
        }
    }

    /** What is pushed is what the manifests take from now on. */
    private static void named(Path jar, ImageName image, Invocation invocation) throws IOException {
        var file = jar.resolve("../../../k8s/image/kustomization.yaml").normalize();
        if (Kustomization.write(file, image)) {
            invocation.out().println("written to " + file);
        }
    }

    private static void tell(Invocation invocation, ImageName name, List<Platform> platforms, String where) {
        var names = platforms.stream().map(platform -> "linux/" + platform.image());
        invocation.out().println("image " + name + " for " + names.collect(Collectors.joining(" and ")) + " " + where);
    }

    private static String megabytes(Path file) throws IOException {
        return String.format("%.1f MB compressed", Files.size(file) / 1e6);
    }
}
