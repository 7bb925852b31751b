package io.stompbox.checks.kills;

import io.stompbox.checks.interop.KillableBroker;
import io.stompbox.checks.interop.RabbitBroker;

/** The brokers that are killed. */
enum KilledBroker {
  /** ActiveMQ Classic. */
  ACTIVEMQ("ActiveMQ Classic", "") {
    @Override
    KillableBroker start() {
      return JavaBroker.start(StoredBroker.ACTIVEMQ);
    }
  },

  /** Artemis, which recognises what is sent to it again. */
  ARTEMIS("Artemis", "") {
    @Override
    KillableBroker start() {
      return JavaBroker.start(StoredBroker.ARTEMIS);
    }
  },

  /** RabbitMQ, where it is installed. */
  RABBITMQ("RabbitMQ", "/") {
    @Override
    KillableBroker start() {
      return RabbitBroker.start();
    }

    @Override
    boolean isInstalled() {
      return RabbitBroker.isInstalled();
    }
  };

  private final String title;
  private final String path;

  KilledBroker(String title, String path) {
    this.title = title;
    this.path = path;
  }

  /** Starts one with an empty store. */
  abstract KillableBroker start();

  boolean isInstalled() {
    return true;
  }

  /** Whether it drops a message whose id it has seen before. */
  boolean knowsDuplicates() {
    return this == ARTEMIS;
  }

  String uri(KillableBroker broker) {
    return "stomp://127.0.0.1:" + broker.port() + path;
  }

  @Override
  public String toString() {
    return title;
  }
}
