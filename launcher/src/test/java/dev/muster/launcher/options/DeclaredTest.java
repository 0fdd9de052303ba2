package dev.muster.launcher.options;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

class DeclaredTest {
    @ParameterizedTest
    @MethodSource("everyInterfaceOfOptions")
    void shouldKnowOfEveryOptionWhatPicocliKnows(Class<?> type) {
        var expected = CommandSpec.forAnnotatedObject(type).options();

        var declared = Declared.of(type).toList();

        assertThat(declared)
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .map(option -> new Declared(
                                List.of(option.names()),
                                option.arity().max() == 0,
                                option.isMultiValue(),
                                option.paramLabel()))
                        .toList());
        assertThat(declared.stream().map(Declared::longestName))
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(option -> option.longestName()).toList());
    }

    private static Stream<Class<?>> everyInterfaceOfOptions() {
        return new ClassFileImporter()
                .importPackages("dev.muster").stream()
                        .filter(type ->
                                type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(Option.class)))
                        .map(JavaClass::reflect);
    }
}
