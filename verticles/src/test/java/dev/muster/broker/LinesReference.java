package dev.muster.broker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a parser has to hear of lines of v2, written from docs/protocol.md alone and as slow as it likes: by regular
 * expressions over the whole text.
 */
final class LinesReference {
    private static final String ID = "([A-Za-z0-9._-]{1,128})";
    private static final String NUMBER = "(0|[1-9][0-9]{0,15})";
    private static final String ORDER = "([1-9][0-9]{0,15})";
    private static final Pattern NEW_ENGINE =
            Pattern.compile("MUSTER:2:NewEngine:" + ID + ":" + NUMBER + "(?::([0-9a-f]{16}))?");
    private static final Pattern HEART_BEAT =
            Pattern.compile("HeartBeat:" + ID + ":" + NUMBER + ":" + NUMBER + "(?::" + NUMBER + ")?");
    private static final Pattern CONFIRM = Pattern.compile("CONFIRM:" + ORDER);
    private static final Pattern DONE = Pattern.compile("DONE:" + ORDER + ":" + NUMBER);
    private static final int MOST = 256;

    private LinesReference() {}

    /** The messages of a stream that begins with a registration, as {@link Heard} writes them. */
    static List<String> messages(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var messages = new ArrayList<String>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            if (end + 1 - from > MOST) {
                tooLong(end + 1 - from, messages);
            } else {
                messages.add(message(text.substring(from, end).replaceFirst("\r\\z", "")));
            }
            from = end + 1;
        }
        if (text.length() - from >= MOST) {
            tooLong(text.length() - from, messages);
        }
        return messages;
    }

    /** Told when it begins, and again for each 256 bytes. */
    private static void tooLong(int length, List<String> messages) {
        for (int told = 1 + length / MOST; told > 0; told--) {
            messages.add("Malformed");
        }
    }

    private static String message(String line) {
        for (var form : List.of(NEW_ENGINE, HEART_BEAT, CONFIRM, DONE)) {
            var match = form.matcher(line);
            if (match.matches() && inRange(line)) {
                var words =
                        new StringBuilder(line.replaceFirst("^MUSTER:2:", "").replaceFirst(":.*", ""));
                for (int i = 1; i <= match.groupCount(); i++) {
                    words.append(match.group(i) == null ? "" : " " + match.group(i));
                }
                return words.toString();
            }
        }
        return line.equals("BYE") ? line : "Malformed";
    }

    /** Sixteen digits may still be too many; an id is none of the numbers, and a token is one of its own. */
    private static boolean inRange(String line) {
        var fields = line.split(":", -1);
        int id = fields[0].equals("MUSTER") ? 3 : fields[0].equals("HeartBeat") ? 1 : -1;
        int token = fields[0].equals("MUSTER") ? 5 : -1;
        for (int i = 0; i < fields.length; i++) {
            boolean number = i != id && i != token && fields[i].matches("[0-9]{16}");
            if (number && Long.parseLong(fields[i]) > 9_007_199_254_740_991L) {
                return false;
            }
        }
        return true;
    }
}
