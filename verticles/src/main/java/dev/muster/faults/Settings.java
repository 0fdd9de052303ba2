package dev.muster.faults;

import dev.muster.bus.FaultPlan;
import dev.muster.faults.FaultKind.Setting;
import java.time.Duration;
import java.util.Optional;

/** A fault's settings as values; what is malformed fails with {@link IllegalArgumentException}. */
record Settings(FaultPlan.Fault fault) {
    FaultKind kind() {
        return FaultKind.of(fault.kind())
                .orElseThrow(() -> new IllegalArgumentException("no kind of fault '" + fault.kind() + "'"));
    }

    String target() {
        return Optional.ofNullable(fault.settings().get(FaultKind.TARGET))
                .orElseThrow(() -> new IllegalArgumentException("fault " + fault.number() + " has no target"));
    }

    Optional<String> text(Setting setting) {
        return Optional.ofNullable(fault.settings().get(setting.word()));
    }

    boolean yes(Setting setting) {
        return text(setting).filter("true"::equals).isPresent();
    }

    /** Empty when it says never. */
    Optional<Duration> duration(Setting setting, Duration usual) {
        var text = text(setting);
        return text.filter(FaultKind.NEVER::equals).isPresent()
                ? Optional.empty()
                : Optional.of(text.map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                        .orElse(usual));
    }

    /** What its choices are made from. */
    long seed() {
        return Long.parseLong(fault.settings().getOrDefault(FaultKind.SEED, "0"));
    }

    /** For a user: {@code delete-pods app=store}. */
    String text() {
        return fault.kind() + " " + target();
    }
}
