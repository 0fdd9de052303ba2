package dev.muster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {
    private static final Credential OURS = new Credential("s3cret");

    @Test
    void shouldAdmitTheSameToken() {
        assertThat(OURS.admits(new Credential("s3cret"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3cre", "s3cret2", "S3CRET", "s3cr\u00e9t"})
    void shouldRefuseAnyOther(String token) {
        assertThat(OURS.admits(new Credential(token))).isFalse();
        assertThat(OURS.admits(Credential.NONE)).isFalse();
    }

    @Test
    void shouldAdmitEveryoneWhenItHasNoTokenItself() {
        assertThat(Credential.NONE.admits(Credential.NONE)).isTrue();
        assertThat(Credential.NONE.admits(OURS)).isTrue();
    }
}
