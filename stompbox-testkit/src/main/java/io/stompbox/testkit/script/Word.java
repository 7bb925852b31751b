package io.stompbox.testkit.script;

/**
 * One word of a line, without its quotes.
 *
 * @param text what it says; escapes are undone, {@code ${...}} is not replaced
 * @param colon where the first colon is that stands outside quotes; -1 if there is none
 * @param quoted whether it begins with a quote
 */
record Word(String text, int colon, boolean quoted) {
  boolean isPair() {
    return colon > 0;
  }

  String name() {
    return text.substring(0, colon);
  }

  String value() {
    return text.substring(colon + 1);
  }
}
