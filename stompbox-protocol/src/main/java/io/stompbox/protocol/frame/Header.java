package io.stompbox.protocol.frame;

/** One entry of {@link Headers}, with escapes undone. */
public record Header(String name, String value) {
  /** Shows the value, unless the name says that it is a secret. */
  @Override
  public String toString() {
    return name + ":" + Headers.shown(name, value);
  }
}
