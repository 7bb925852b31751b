package io.stompbox.cli.shell;

import io.stompbox.client.Acknowledgement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who acknowledges the messages of a subscription, in the words of SUBSCRIBE. */
enum SubscribeAck {
  /** The broker does, when it sends. */
  AUTO("auto", Acknowledgement.BROKER),
  /** The user does, each message and all before it. The frames do that one by one. */
  CLIENT("client", Acknowledgement.MANUAL),
  /** The user does, each message by itself. */
  INDIVIDUAL("client-individual", Acknowledgement.MANUAL);

  private final String word;
  private final Acknowledgement acknowledgement;

  SubscribeAck(String word, Acknowledgement acknowledgement) {
    this.word = word;
    this.acknowledgement = acknowledgement;
  }

  String word() {
    return word;
  }

  Acknowledgement acknowledgement() {
    return acknowledgement;
  }

  static Optional<SubscribeAck> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(SubscribeAck::word).toList();
  }
}
