package dev.muster.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedTest {
    private final List<Promise<String>> begun = new ArrayList<>();
    private final Shared<String, String> shared = new Shared<>(question -> {
        var answer = Promise.<String>promise();
        begun.add(answer);
        return answer.future();
    });

    @Test
    void shouldAnswerNobodyWithWhatWasBegunBeforeHeAsked() {
        var first = shared.ask("count");
        var second = shared.ask("count");
        var third = shared.ask("count");
        assertThat(begun).hasSize(1);

        begun.get(0).complete("1 minion");

        assertThat(first.result()).isEqualTo("1 minion");
        assertThat(second.isComplete()).isFalse();
        assertThat(begun).hasSize(2);
        begun.get(1).complete("2 minions");
        assertThat(List.of(second, third)).extracting(Future::result).containsOnly("2 minions");
    }

    @Test
    void shouldBeginAgainAfterAFailure() {
        var first = shared.ask("count");
        var second = shared.ask("count");

        begun.get(0).fail("the database is away");
        begun.get(1).complete("1 minion");

        assertThat(first.failed()).isTrue();
        assertThat(second.result()).isEqualTo("1 minion");
        shared.ask("count");
        assertThat(begun).hasSize(3);
    }

    @Test
    void shouldKeepDifferentQuestionsApart() {
        shared.ask("count");
        shared.ask("groups");

        assertThat(begun).hasSize(2);
    }

    @Test
    void shouldGoOnAfterAQuestionThatCannotBeAsked() {
        var failing = new Shared<String, String>(question -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(() -> failing.ask("count")).hasMessage("broken");
        assertThatThrownBy(() -> failing.ask("count")).hasMessage("broken");
    }
}
