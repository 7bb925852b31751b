package io.stompbox.client;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.Version;

/**
 * Refuses what a version can't carry while the caller is still there to hear of it; the writer
 * would find out too late. Stricter than the encoder in 1.1: brokers drop or keep a carriage return
 * there as they like, and no escape protects it.
 */
final class FrameCheck {
  private FrameCheck() {}

  /**
   * As {@link #check}, for frames that a program made by hand: their body and content-length may be
   * wrong as well.
   */
  static void checkWhole(Frame frame, Version version) {
    check(frame, version);
    Body body = frame.body();
    if (!body.isEmpty() && !frame.command().allowsBody(version)) {
      throw new IllegalFrameException(
          Reason.BODY_NOT_ALLOWED,
          frame.command() + " may not have a body in STOMP " + version + ", but has " + body);
    }
    String length = frame.header("content-length");
    if (length != null && !length.equals(Integer.toString(body.size()))) {
      throw new IllegalFrameException(
          Reason.BAD_CONTENT_LENGTH,
          "content-length is set to '"
              + length
              + "' but the body has "
              + body
              + "; leave it out, it is written by itself");
    }
  }

  static void check(Frame frame, Version version) {
    Headers headers = frame.headers();
    for (int i = 0; i < headers.size(); i++) {
      check(headers.name(i), headers.value(i), version);
    }
  }

  private static void check(String name, String value, Version version) {
    if (version == Version.V1_0) {
      refuse(name, value, name, ":\n\r\0", version);
      refuse(name, value, value, "\n\r\0", version);
    } else if (version == Version.V1_1) {
      refuse(name, value, name, "\r", version);
      refuse(name, value, value, "\r", version);
    }
    if (Body.unpairedSurrogate(name) >= 0 || Body.unpairedSurrogate(value) >= 0) {
      throw new IllegalFrameException(
          Reason.UNENCODABLE,
          "header '" + new Header(name, value) + "' has a surrogate without its partner");
    }
  }

  private static void refuse(
      String name, String value, String text, String characters, Version version) {
    for (int i = 0; i < characters.length(); i++) {
      if (text.indexOf(characters.charAt(i)) >= 0) {
        throw new IllegalFrameException(
            Reason.UNENCODABLE,
            "header '"
                + new Header(name, value)
                + "' has the character "
                + String.format("U+%04X", (int) characters.charAt(i))
                + ", which STOMP "
                + version
                + " can't carry");
      }
    }
  }
}
