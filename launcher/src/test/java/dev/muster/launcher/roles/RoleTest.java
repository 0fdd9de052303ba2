package dev.muster.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.options.Help;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the bill of materials promises, for every role that is in it. */
class RoleTest {
    @ParameterizedTest
    @EnumSource
    void shouldNameEveryOptionAfterItsRoleOrWhatItSharesWithOthers(Role role) {
        for (var part : role.parts()) {
            boolean onKube = part.bills().allMatch(Bill::onKube);

            assertThat(options(part))
                    .extracting(OptionSpec::longestName)
                    .allMatch(
                            name -> name.startsWith("--" + part.word() + "-") || (onKube && name.startsWith("--kube")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDescribeEveryOptionAndRequireNone(Role role) {
        assertThat(options(role)).allSatisfy(option -> {
            assertThat(option.description()).as(option.longestName()).isNotEmpty();
            assertThat(option.required())
                    .as(option.longestName() + ": what is missing is told by problems(), with its fix")
                    .isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldReferToOptionsThatItHas(Role role) {
        var names = options(role).stream().map(OptionSpec::longestName).toList();

        assertThat(names).containsAll(role.defaults().keySet());
        role.bills().forEach(bill -> {
            assertThat(names)
                    .containsAll(bill.ports())
                    .containsAll(bill.follows().keySet());
            bill.database().ifPresent(option -> assertThat(names).contains(option));
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowTheDefaultsThatApply(Role role) {
        var help = Help.of("Common", role.groups().toList()).replaceAll("\\s+", " ");

        role.defaults().forEach((option, value) -> assertThat(help)
                .containsPattern(option + "=\\S+ [^=]*default: " + value + "\\)"));
    }

    @Test
    void shouldHaveEveryOptionOnce() {
        var roles = Stream.of(Role.values())
                .filter(role -> role.parts().equals(List.of(role)))
                .flatMap(Role::groups);

        // A group that several roles share is one group.
        var names = Stream.concat(roles, RoleSet.common().stream())
                .distinct()
                .flatMap(group -> specs(group.type()))
                .map(OptionSpec::longestName);

        assertThat(names).doesNotHaveDuplicates();
    }

    private static List<OptionSpec> options(Role role) {
        return role.groups().flatMap(group -> specs(group.type())).toList();
    }

    private static Stream<OptionSpec> specs(Class<?> type) {
        return CommandSpec.forAnnotatedObject(type).options().stream();
    }
}
