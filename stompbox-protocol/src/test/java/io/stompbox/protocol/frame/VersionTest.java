package io.stompbox.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  @ParameterizedTest
  @EnumSource(Version.class)
  void isFoundByItsText(Version version) {
    assertThat(Version.of(version.text())).contains(version);
    assertThat(version).hasToString(version.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1.3", "1.10", " 1.1", "1.1 ", "V1_1"})
  void isNotFoundByAnythingElse(String text) {
    assertThat(Version.of(text)).isEmpty();
  }

  @Test
  void comparesByAge() {
    assertThat(Version.V1_2.atLeast(Version.V1_1)).isTrue();
    assertThat(Version.V1_1.atLeast(Version.V1_1)).isTrue();
    assertThat(Version.V1_0.atLeast(Version.V1_1)).isFalse();
  }

  @Test
  void allUpToOneAreARange() {
    assertThat(EnumSet.range(Version.V1_0, Version.V1_1))
        .containsExactly(Version.V1_0, Version.V1_1);
    assertThat(EnumSet.allOf(Version.class))
        .containsExactly(Version.V1_0, Version.V1_1, Version.V1_2);
  }
}
