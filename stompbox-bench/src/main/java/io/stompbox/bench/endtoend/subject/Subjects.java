package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.ClientSubject;
import java.util.List;

/** All clients that are measured. */
public final class Subjects {
  private static final List<ClientSubject> ALL =
      List.of(
          new StompboxBlocking(),
          new StompboxPull(),
          new StompboxAsync(),
          new StompboxFlow(),
          new SpringClient(),
          new VertxClient(),
          new StompJmsClient(),
          new StompJmsCallbackClient(),
          new ActiveMqClient(),
          new RawSocket());

  private Subjects() {}

  /** All of them; the first is what the numbers to hold are about. */
  public static List<ClientSubject> all() {
    return ALL;
  }

  /**
   * Returns the one of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ClientSubject named(String name) {
    return ALL.stream()
        .filter(subject -> subject.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no subject '"
                        + name
                        + "'; there are "
                        + ALL.stream().map(ClientSubject::name).toList()));
  }
}
