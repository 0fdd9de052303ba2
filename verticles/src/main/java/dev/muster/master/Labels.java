package dev.muster.master;

import dev.muster.http.Params;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What registrations are compared by: {@code label.KEY=VALUE}, or as the original minion sends it, {@code env=} with the
 * base64 of {@code "KEY","VALUE","KEY","VALUE",...}, of which the keys that begin with {@code MINION_} count.
 */
final class Labels {
    private static final String PREFIX = "label.";
    private static final String ENVIRONMENT_PREFIX = "MINION_";
    private static final int MAX_VALUE = 256;
    private static final int MAX_ENV = 16 * 1024;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private Labels() {}

    /** The labels of a registration; every wrong one is noted. */
    static Map<String, String> of(Params params) {
        var labels = new TreeMap<String, String>();
        var env = params.raw("env");
        if (env != null && env.length() > MAX_ENV) {
            params.problem("env has " + env.length() + " characters: at most " + MAX_ENV + " are taken");
        } else if (env != null) {
            addEnvironment(params, env, labels);
        }
        labels.putAll(params.startingWith(PREFIX));
        labels.forEach((key, value) -> check(params, key, value));
        var json = MinionInsert.labels(labels);
        if (json != null && json.length() > MinionInsert.MAX_LABELS) {
            params.problem("the labels take " + json.length() + " characters as JSON: at most "
                    + MinionInsert.MAX_LABELS + " are taken");
        }
        return labels;
    }

    /** Whether a label can be called so. */
    static boolean isKey(String key) {
        return KEY.matcher(key).matches();
    }

    private static void addEnvironment(Params params, String env, Map<String, String> labels) {
        try {
            // In a query a plus sign that is not escaped arrives as a space; the command base64 folds its lines.
            var decoded =
                    Base64.getDecoder().decode(env.replaceAll("[\r\n]", "").replace(' ', '+'));
            var words = QUOTED.matcher(new String(decoded, StandardCharsets.UTF_8));
            while (words.find()) {
                var key = words.group(1);
                if (words.find() && key.startsWith(ENVIRONMENT_PREFIX)) {
                    labels.put(key.substring(ENVIRONMENT_PREFIX.length()), words.group(1));
                }
            }
        } catch (IllegalArgumentException notBase64) {
            params.problem("env must be the base64 of \"KEY\",\"VALUE\",...");
        }
    }

    private static void check(Params params, String key, String value) {
        if (!isKey(key)) {
            params.problem("label '" + Params.shown(key)
                    + "' must begin with a letter or digit and hold 1 to 63 of A-Z a-z 0-9 _ . -");
        }
        if (value.length() > MAX_VALUE) {
            params.problem("label." + Params.shown(key) + " has " + value.length() + " characters: at most " + MAX_VALUE
                    + " are taken");
        }
    }
}
