package io.stompbox.checks.kills;

import io.stompbox.checks.interop.KillableBroker;
import io.stompbox.checks.interop.RabbitBroker;
import io.stompbox.checks.interop.RabbitCluster;
import io.stompbox.protocol.frame.Headers;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** Two of ActiveMQ Classic with one store, of which one waits for the other's death. */
  ACTIVEMQ_PAIR("ActiveMQ Classic, shared store", "") {
    @Override
    KillableBroker start() {
      return JavaBroker.pair(StoredBroker.ACTIVEMQ, StoredBroker.ACTIVEMQ);
    }
  },

  /** Two of Artemis with one store. */
  ARTEMIS_PAIR("Artemis, shared store", "") {
    @Override
    KillableBroker start() {
      return JavaBroker.pair(StoredBroker.ARTEMIS_PRIMARY, StoredBroker.ARTEMIS_BACKUP);
    }
  },

  /** Two of Artemis, each with a store, of which the second is a copy of the first. */
  ARTEMIS_REPLICATED("Artemis, replicated", "") {
    @Override
    KillableBroker start() {
      return JavaBroker.pair(StoredBroker.ARTEMIS_REPLICATED, StoredBroker.ARTEMIS_REPLICA);
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
  },

  /** Three nodes of RabbitMQ, each of which has a copy of the queue. */
  RABBITMQ_QUORUM("RabbitMQ, quorum queue", "/") {
    @Override
    KillableBroker start() {
      return RabbitCluster.start();
    }

    @Override
    boolean isInstalled() {
      return RabbitBroker.isInstalled();
    }

    @Override
    Headers queue() {
      return Headers.of("x-queue-type", "quorum");
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

  /**
   * Whether a queue is gone, with all that was confirmed in it, if the broker dies soon after it
   * was declared.
   */
  boolean forgetsNewQueues() {
    return this == RABBITMQ || this == RABBITMQ_QUORUM;
  }

  /** What says the kind of the queue, wherever it is named. */
  Headers queue() {
    return Headers.empty();
  }

  /** Whether it drops a message whose id it has seen before. */
  boolean knowsDuplicates() {
    return this == ARTEMIS || this == ARTEMIS_PAIR || this == ARTEMIS_REPLICATED;
  }

  /** How often it may be killed; a pair once, as the one that took over has nobody left. */
  int mostKills() {
    return Set.of(ACTIVEMQ_PAIR, ARTEMIS_PAIR, ARTEMIS_REPLICATED).contains(this)
        ? 1
        : Integer.MAX_VALUE;
  }

  /** The addresses of a started one, in the order in which they are tried. */
  String uri(KillableBroker broker) {
    return broker.ports().stream()
        .map(port -> "stomp://127.0.0.1:" + port + path)
        .collect(Collectors.joining(",", "failover:(", ")"));
  }

  @Override
  public String toString() {
    return title;
  }
}
