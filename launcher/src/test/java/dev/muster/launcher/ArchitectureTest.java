package dev.muster.launcher;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.muster.bus.Message;
import dev.muster.child.Child;
import dev.muster.kube.LocalServer;
import dev.muster.sql.EmbeddedMariaDb;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the house, over the compiled classes of both modules. */
class ArchitectureTest {
    private static final String BASE = "dev.muster";
    private static final String LAUNCHER = "launcher";

    /** The package of each experiment. */
    private static final String EXPERIMENTS = BASE + ".launcher.run.*..";

    /** The packages that roles stand on, and what each of them may import of ours. */
    private static final Map<String, Set<String>> FOUNDATION = Map.of(
            "measure", Set.of(),
            "bus", Set.of(),
            "http", Set.of("measure", "bus"),
            "child", Set.of(),
            "sql", Set.of("measure", "bus", "child"),
            "kube", Set.of("measure", "bus", "child"),
            "node", Set.of("measure", "bus", "http"));

    /** They start processes of their own, and say that their callers bring a thread that may block. */
    private static final Set<String> CHILDREN = Set.of(
            Child.class.getName(),
            EmbeddedMariaDb.class.getName(),
            EmbeddedMariaDb.class.getPackageName() + ".Installation",
            LocalServer.class.getName());

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrls(Stream.of(Message.class, Main.class)
                    .map(c -> c.getProtectionDomain().getCodeSource().getLocation())
                    .collect(toSet()));

    @Test
    void shouldSeeTheClassesOfBothModulesAndNoTests() {
        assertThat(CLASSES.contain(Message.class)).isTrue();
        assertThat(CLASSES.contain(Main.class)).isTrue();
        assertThat(CLASSES.contain(ArchitectureTest.class)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void shouldImportOnlyWhatAPackageMayStandOn(String name) {
        if (name.equals(LAUNCHER)) {
            return;
        }
        var allowed = Stream.concat(Stream.of(name), FOUNDATION.getOrDefault(name, FOUNDATION.keySet()).stream())
                .map(ArchitectureTest::inPackage)
                .toArray(String[]::new);

        var rule = classes()
                .that()
                .resideInAPackage(inPackage(name))
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(BASE + "..")).or(resideInAnyPackage(allowed)));

        rule.check(CLASSES);
    }

    @Test
    void shouldKeepTheInstrumentsFreeOfVertxAndKubernetes() {
        noClasses()
                .that()
                .resideInAPackage(inPackage("measure"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..", "io.fabric8..", "io.kubernetes..")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCycleOfPackages() {
        slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldKeepExperimentsApart() {
        slices().matching(BASE + ".launcher.run.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void shouldNameTheExperimentsInOnePlaceAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(EXPERIMENTS)
                .and()
                .doNotHaveFullyQualifiedName(EveryExperiment.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage(EXPERIMENTS)
                .because("what experiments share must not ask which one it serves")
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("javaPackages")
    void shouldMarkEveryPackageAsFreeOfNulls(JavaPackage each) {
        assertThat(each.isAnnotatedWith(NullMarked.class))
                .as("@NullMarked in the package-info of " + each.getName())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldKeepTheHouseRules(ArchRule rule) {
        rule.check(CLASSES);
    }

    static List<ArchRule> rules() {
        return List.of(
                noClasses()
                        .that(describe(
                                "are neither enums nor errors",
                                each -> !each.isEnum() && !each.isAssignableTo(Throwable.class)))
                        .should()
                        .beAssignableTo(Serializable.class)
                        .orShould()
                        .dependOnClassesThat()
                        .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
                        .because("the bus speaks JSON, never Java serialization"),
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName(Main.class.getName())
                        .should()
                        .callCodeUnitWhere(calls(System.class, "exit").or(calls(Runtime.class, "exit", "halt")))
                        .because("only main decides when and how the process ends"),
                noClasses()
                        .that(mayNotWait())
                        .should()
                        .callCodeUnitWhere(calls(Thread.class, "sleep").or(calls(TimeUnit.class, "sleep")))
                        .because("a timer waits without holding a thread"),
                noClasses()
                        .that(mayNotWait())
                        .and()
                        .resideOutsideOfPackage(inPackage(LAUNCHER))
                        .should()
                        .callCodeUnitWhere(calls(Future.class, "await")
                                .or(calls(java.util.concurrent.Future.class, "get", "join"))
                                .or(calls(CountDownLatch.class, "await"))
                                .or(calls(BlockingQueue.class, "take", "put"))
                                .or(calls(Thread.class, "join"))
                                .or(calls(Process.class, "waitFor"))
                                .or(calls(Object.class, "wait")))
                        .because("nothing may block an event loop"),
                noClasses()
                        .should()
                        .beAssignableTo(AbstractVerticle.class)
                        .because("verticles extend VerticleBase, whose start and stop are futures")
                        .allowEmptyShould(true),
                fields().that()
                        .areStatic()
                        .should()
                        .beFinal()
                        .because("state belongs to a verticle, and to its event loop"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage(inPackage(LAUNCHER))
                        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                        .because("roles log, and the launcher talks to the user"),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("java.util.logging..")
                        .because("everything is logged through slf4j"),
                noClasses()
                        .should()
                        .haveNameMatching(".*(Util|Utils|Helper|Helpers)")
                        .because("a method belongs where its subject is"));
    }

    static Set<String> packages() {
        return javaPackages()
                .map(each -> each.getName().substring(BASE.length() + 1).replaceFirst("\\..*", ""))
                .collect(toSet());
    }

    static Stream<JavaPackage> javaPackages() {
        return CLASSES.stream().map(JavaClass::getPackage).distinct();
    }

    private static DescribedPredicate<JavaClass> mayNotWait() {
        return not(describe("wait for a child process", each -> CHILDREN.contains(each.getName())));
    }

    private static String inPackage(String name) {
        return BASE + "." + name + "..";
    }

    private static DescribedPredicate<JavaCall<?>> calls(Class<?> owner, String... names) {
        var wanted = Set.of(names);
        return describe(owner.getSimpleName() + "." + String.join("/", names), call -> {
            CodeUnitCallTarget target = call.getTarget();
            return wanted.contains(target.getName()) && assignableTo(owner).test(target.getOwner());
        });
    }
}
