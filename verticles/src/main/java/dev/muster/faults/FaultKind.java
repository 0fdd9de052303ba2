package dev.muster.faults;

import dev.muster.kube.Permission;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of faults, with what each may be told beside its target. */
@SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
public enum FaultKind {
    /** Target: a process of the run, or a role of some. */
    STOP_PROCESS("stop-process", List.of(Setting.SIGNAL, Setting.CHILDREN, Setting.BACK)),
    /** Target: a label selector. */
    DELETE_PODS("delete-pods", List.of(Setting.NAMESPACE, Setting.COUNT, Setting.GRACE)),
    /** Target: a node's name. */
    DRAIN_NODE("drain-node", List.of(Setting.BACK, Setting.WITHIN)),
    /** Target: a node's name, or {@code any}. */
    LOSE_NODE("lose-node", List.of(Setting.COMMAND, Setting.BACK_COMMAND, Setting.BACK, Setting.WITHIN));

    /** In the settings of every fault: what it is done to. */
    public static final String TARGET = "target";

    /** In the settings of every fault: what its choices are made from. */
    public static final String SEED = "seed";

    /** A duration that never ends. */
    public static final String NEVER = "never";

    /** The target that is any node. */
    public static final String ANY = "any";

    private final String word;
    private final List<Setting> settings;

    FaultKind(String word, List<Setting> settings) {
        this.word = word;
        this.settings = settings;
    }

    /** What can be told to a kind of fault. */
    public enum Setting {
        /** {@code KILL} or {@code TERM}. */
        SIGNAL("signal", Form.SIGNAL),
        /** Whether the processes that the process has started are killed with it. */
        CHILDREN("children", Form.YES_NO),
        /** After how long it is undone, or {@code never}. */
        BACK("back", Form.DURATION_OR_NEVER),
        NAMESPACE("namespace", Form.WORD),
        /** How many, chosen at random. */
        COUNT("count", Form.NUMBER),
        /** A pod's time to end. */
        GRACE("grace", Form.DURATION),
        /** How long it may take. */
        WITHIN("within", Form.DURATION),
        COMMAND("command", Form.WORD),
        BACK_COMMAND("back-command", Form.WORD);

        private final String word;
        private final Form form;

        Setting(String word, Form form) {
            this.word = word;
            this.form = form;
        }

        /** Its key. */
        public String word() {
            return word;
        }

        /** What its value looks like. */
        public Form form() {
            return form;
        }
    }

    /** The forms of values. In {@link dev.muster.bus.FaultPlan} a duration is whole milliseconds, and never is {@code never}. */
    public enum Form {
        WORD,
        SIGNAL,
        YES_NO,
        NUMBER,
        DURATION,
        DURATION_OR_NEVER
    }

    /** Its key, before the target. */
    public String word() {
        return word;
    }

    /** What it may be told. */
    public List<Setting> settings() {
        return settings;
    }

    /** The kind of that word. */
    public static Optional<FaultKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** What is wrong with settings that are right one by one. */
    public Optional<String> problem(Map<String, String> settings) {
        boolean command = settings.containsKey(Setting.COMMAND.word());
        if (this == LOSE_NODE && command && ANY.equals(settings.get(TARGET))) {
            return Optional.of("lose-node: a command loses the node that is named, and not " + ANY);
        }
        if (this == LOSE_NODE && !command && settings.containsKey(Setting.BACK_COMMAND.word())) {
            return Optional.of("lose-node: back-command needs a command");
        }
        return Optional.empty();
    }

    /** Whether it needs a Kubernetes API. */
    public boolean onCluster() {
        return this != STOP_PROCESS;
    }

    /**
     * What we must be allowed to do for it. A sub-resource stands behind a slash, as in a rule.
     *
     * @param settings by their words
     * @param namespace that applies when the settings name none
     */
    public List<Permission> needed(Map<String, String> settings, String namespace) {
        return switch (this) {
            case STOP_PROCESS -> List.of();
            case DELETE_PODS -> {
                var where = settings.getOrDefault(Setting.NAMESPACE.word(), namespace);
                yield List.of(new Permission("list", "", "pods", where), new Permission("delete", "", "pods", where));
            }
            case DRAIN_NODE ->
                List.of(
                        new Permission("get", "", "nodes", ""),
                        new Permission("patch", "", "nodes", ""),
                        new Permission("list", "", "pods", ""),
                        new Permission("create", "", "pods/eviction", ""));
            case LOSE_NODE -> List.of(new Permission("get", "", "nodes", ""), new Permission("list", "", "nodes", ""));
        };
    }
}
