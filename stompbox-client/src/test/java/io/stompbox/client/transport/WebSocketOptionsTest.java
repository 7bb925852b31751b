package io.stompbox.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketOptionsTest {
  private final WebSocketOptions options = WebSocketOptions.defaults();

  @Test
  void valuesOfHeadersAreNotShown() {
    assertThat(options.withHeader("Cookie", "session=s3cret").toString())
        .contains("Cookie")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({"Sec-WebSocket-Protocol", "sec-websocket-key", "Host", "Upgrade", "a b"})
  void aHeaderThatCannotBeSentIsRefusedWithoutItsValue(String name) {
    assertThatThrownBy(() -> options.withHeader(name, "s3cret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aValueWithALineEndIsRefused() {
    assertThatThrownBy(() -> options.withHeader("Cookie", "a\r\nX: b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMessageHasRoomForACharacter() {
    assertThat(options.withMaxMessage(64).maxMessage()).isEqualTo(64);
    assertThatThrownBy(() -> options.withMaxMessage(63))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("63");
  }
}
