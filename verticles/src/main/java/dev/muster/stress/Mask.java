package dev.muster.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Hides what looks secret: whole values by the names of their keys, and within other values what has the form of a
 * secret, such as the password in a URL. A name that tells nothing and a value that looks like any other can't be told:
 * this is a help, and no reason to give a pod secrets that it doesn't need.
 */
final class Mask {
    static final String HIDDEN = "***";

    private static final Pattern SECRET_KEY = Pattern.compile(
            "pass(word|wort|wd|phrase|code)|(^|[^a-z])pass($|[^a-z])|[a-z_.-]pwd($|[^a-z])|(^|[^a-z])pw($|[^a-z])"
                    + "|secret|token|credential|private|api[_.-]?key|access[_.-]?key|(^|[_.-])key($|[_.-]id$)"
                    + "|(account|master|shared|client|storage|primary|secondary|license)[_.-]?key|encryption|signing"
                    + "|signature|(^|[_.-])auth(?!ors?($|[_.-]))|bearer|cookie|session|salt"
                    + "|(^|[_.-])(dsn|sas|pat|pin|otp|jwt|cert)($|[_.-])|connection[_.-]?string|kubeconfig",
            Pattern.CASE_INSENSITIVE);

    /** Variables of every shell, which name directories. */
    private static final Set<String> DIRECTORIES = Set.of("PWD", "OLDPWD");

    private record Form(Pattern pattern, String shown) {
        static Form of(String pattern, String shown) {
            return new Form(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), shown);
        }
    }

    private static final List<Form> SECRET_VALUES = List.of(
            Form.of("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)", HIDDEN),
            // user:password@ of a URL; the user may stay
            Form.of("([a-z][a-z0-9+.-]*://[^\\s/?#:@]*):[^\\s/?#]*@", "$1:" + HIDDEN + "@"),
            // NAME=secret and NAME: secret within a longer text: parameters of URLs, connection strings, JVM flags
            Form.of(
                    "([a-z0-9_.-]*(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|apikey|access[_-]?key"
                            + "|accountkey|credential|signature|sig|storepass|keypass)[a-z0-9_.-]*)(\\s*[=:]\\s*)"
                            + "(\"[^\"]*\"|'[^']*'|[^\\s&;,\"']+)",
                    "$1$2" + HIDDEN),
            Form.of("\\b(bearer|basic)\\s+[a-z0-9._~+/=-]{8,}", "$1 " + HIDDEN),
            Form.of("\\beyJ[a-z0-9_-]+\\.[a-z0-9_-]+(\\.[a-z0-9_-]*)*", HIDDEN),
            Form.of("\\b(AKIA|ASIA)[0-9A-Z]{16}\\b", HIDDEN),
            Form.of("\\b(gh[pousr]_[a-z0-9]{20,}|github_pat_[a-z0-9_]{20,}|glpat-[a-z0-9_-]{20,})", HIDDEN),
            Form.of("\\b(xox[abprs]-[a-z0-9-]{10,}|sk-[a-z0-9_-]{20,}|AIza[a-z0-9_-]{30,})", HIDDEN));

    private Mask() {}

    /** Every value as it may be shown, by the names of the keys in their order. */
    static Map<String, String> values(Map<String, String> named) {
        var shown = new TreeMap<String, String>();
        named.forEach((key, value) -> shown.put(key, value(key, value)));
        return shown;
    }

    /** A value as it may be shown. */
    static String value(String key, String value) {
        return isSecret(key) && !value.isEmpty() ? HIDDEN : text(value);
    }

    private static boolean isSecret(String key) {
        return !DIRECTORIES.contains(key) && SECRET_KEY.matcher(key).find();
    }

    /** A text without what in it has the form of a secret. */
    static String text(String text) {
        var shown = text;
        for (var form : SECRET_VALUES) {
            shown = form.pattern.matcher(shown).replaceAll(form.shown);
        }
        return shown;
    }

    /** The words of a command line: behind {@code --password} the next one is hidden, too. */
    static List<String> arguments(List<String> words) {
        var shown = new ArrayList<String>();
        boolean secretComes = false;
        for (var word : words) {
            int equals = word.indexOf('=');
            if (secretComes && !word.startsWith("-")) {
                shown.add(HIDDEN);
            } else if (equals > 0) {
                shown.add(word.substring(0, equals + 1) + value(word.substring(0, equals), word.substring(equals + 1)));
            } else {
                shown.add(text(word));
            }
            secretComes = word.startsWith("-") && equals < 0 && isSecret(word);
        }
        return shown;
    }
}
