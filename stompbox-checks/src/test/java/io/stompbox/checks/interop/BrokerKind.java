package io.stompbox.checks.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.EmbeddedBroker;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.ScriptedBroker;

/** The brokers that the tests talk to, each as shipped but for what the tests need. */
enum BrokerKind {
  /** The test kit's own, so that what it promises about itself is what a client sees. */
  QUEUES("Stompbox", "", ":\\n\\\\c") {
    @Override
    RunningBroker start() {
      ScriptedBroker broker = ScriptedBroker.start().otherwise(new QueueBroker()::serve);
      return new RunningBroker(broker.port(), broker::close);
    }
  },

  /** ActiveMQ Classic inside this process. Undoes escapes in 1.0, which has none. */
  ACTIVEMQ("ActiveMQ/", "", ":\\ ") {
    @Override
    RunningBroker start() {
      EmbeddedBroker broker = EmbeddedBroker.start();
      return new RunningBroker(broker.port(), broker::close);
    }
  },

  /** Artemis inside this process. */
  ARTEMIS("ActiveMQ-Artemis/", "", ":\\n\\\\c") {
    @Override
    RunningBroker start() {
      ArtemisBroker broker = ArtemisBroker.start();
      return new RunningBroker(broker.port(), broker::close);
    }
  },

  /**
   * RabbitMQ as a child process, where it is installed. Its virtual host is named {@code /}. In 1.0
   * it escapes colons on the way out and takes every backslash for an escape.
   */
  RABBITMQ("RabbitMQ/", "/", "") {
    @Override
    RunningBroker start() {
      assumeTrue(RabbitBroker.isInstalled(), "RabbitMQ's package rabbitmq-server is not installed");
      RabbitBroker broker = RabbitBroker.start();
      return new RunningBroker(broker.port(), broker::close);
    }
  };

  /**
   * A broker that was started.
   *
   * @param port where it listens on 127.0.0.1
   * @param stop ends it
   */
  record RunningBroker(int port, Runnable stop) {}

  private final String server;
  private final String path;
  private final String syntaxKeptIn10;

  BrokerKind(String server, String path, String syntaxKeptIn10) {
    this.server = server;
    this.path = path;
    this.syntaxKeptIn10 = syntaxKeptIn10;
  }

  abstract RunningBroker start();

  /** How the server header of such a broker starts. */
  String server() {
    return server;
  }

  /**
   * Whether an acknowledgement of an earlier connection is taken for one of the message that has
   * its number now, provided that the ids of their subscriptions are the same.
   */
  boolean takesOldAcks() {
    return this == RABBITMQ;
  }

  /** Whether a message whose id it has seen is dropped. */
  boolean dropsDuplicates() {
    return this == ARTEMIS;
  }

  /** Whether an acknowledgement in a transaction waits for its commit. */
  boolean acknowledgesInTransactions() {
    return this != ARTEMIS;
  }

  /**
   * Returns a header value with every awkward character that the version can carry and this broker
   * keeps. Blanks at the ends have no meaning in 1.0, so there are none.
   */
  String awkwardValue(Version version) {
    String everyVersion = "ä€😀 %20=;,\t\"\u0001\u007f\u2028";
    return switch (version) {
      case V1_0 -> everyVersion + syntaxKeptIn10 + ".";
      case V1_1 -> " \\:\n\0\\n" + everyVersion + " ";
      case V1_2 -> " \\:\r\n\0\\r" + everyVersion + " ";
    };
  }

  /** The address of such a broker, or of a proxy before it, on this machine. */
  String uri(int port) {
    return "stomp://127.0.0.1:" + port + path;
  }
}
