package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which messages of a queue may be processed, by their keys. */
class KeyOrderTest {
  private final KeyOrder order = new KeyOrder(Delivery::text);

  @Test
  void aKeyIsTakenOnceUntilItIsReleased() {
    assertThat(order.scan().takes("a", true)).isTrue();
    assertThat(order.scan().takes("a", true)).isFalse();
    assertThat(order.scan().takes("b", true)).isTrue();
    order.release("a");

    assertThat(order.scan().takes("a", true)).isTrue();
  }

  @Test
  void aKeyThatBecomesFreeDuringALookLetsNobodyOvertakeWhoWasPassedOver() {
    assertThat(order.scan().takes("a", true)).isTrue();
    KeyOrder.Scan look = order.scan();
    assertThat(look.takes("a", true)).isFalse();
    order.release("a");

    assertThat(look.takes("a", true)).isFalse();
    assertThat(look.takes("b", true)).isTrue();
  }

  @Test
  void aMessageThatMayNotStartHoldsBackThoseWithItsKey() {
    KeyOrder.Scan look = order.scan();

    assertThat(look.takes("a", false)).isFalse();
    assertThat(look.takes("a", true)).isFalse();
  }

  @Test
  void nothingBehindAMessageWithoutAKeyIsTaken() {
    KeyOrder.Scan look = order.scan();

    assertThat(look.takes(null, true)).isFalse();
    assertThat(look.takes("a", true)).isFalse();
  }
}
