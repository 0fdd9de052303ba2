package dev.muster.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.options.Help;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page of each role, {@code docs/roles/ROLE.md}: its options are those of its help, and its links lead somewhere. With
 * {@code -Dmuster.pages=write} the options of every page are written anew.
 */
class RolePagesTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final String HEADING = "\n## Options\n";
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#([^)]*))?\\)");

    @ParameterizedTest
    @EnumSource
    void shouldTellTheOptionsThatTheHelpTells(Role role) throws IOException {
        var page = DOCS.resolve("roles").resolve(role.word() + ".md");
        assertThat(page).exists();
        var text = Files.readString(page);
        var own = text.substring(0, text.indexOf(HEADING) + HEADING.length());

        var expected =
                own + "\n```\n" + Help.of("Options", role.groups().toList()).strip() + "\n```\n";

        if ("write".equals(System.getProperty("muster.pages"))) {
            Files.writeString(page, expected);
        }
        assertThat(Files.readString(page)).isEqualTo(expected);
        assertThat(own).startsWith("# " + role.word() + "\n");
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeLinkedFromTheReadme(Role role) throws IOException {
        assertThat(Files.readString(Path.of("..", "README.md")))
                .contains("[`" + role.word() + "`](docs/roles/" + role.word() + ".md)");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldLinkToWhatIsThere(Path page) throws IOException {
        var links = LINK.matcher(Files.readString(page));

        while (links.find()) {
            var target = page.resolveSibling(links.group(1)).normalize();
            assertThat(target).as("link of %s", page).exists();
            if (links.group(2) != null) {
                assertThat(headings(target))
                        .as("headings of %s, linked from %s", target, page)
                        .contains(links.group(2));
            }
        }
    }

    static Stream<Path> pages() throws IOException {
        try (var docs = Files.walk(DOCS);
                var root = Files.list(Path.of(".."))) {
            return Stream.concat(docs, root).filter(file -> file.toString().endsWith(".md")).toList().stream();
        }
    }

    /** As GitHub names them: small letters, digits, and hyphens for blanks. */
    private static Stream<String> headings(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'));
    }
}
