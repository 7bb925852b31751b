package io.stompbox.checks.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.EmbeddedBroker;

/** The brokers that the tests talk to, each as shipped but for what the tests need. */
enum BrokerKind {
  /** ActiveMQ Classic inside this process. Undoes escapes in 1.0, which has none. */
  ACTIVEMQ("", ":\\ ") {
    @Override
    BrokerUnderTest start() {
      EmbeddedBroker broker = EmbeddedBroker.start();
      return new BrokerUnderTest(this, broker.port(), broker::close);
    }
  },

  /** Artemis inside this process. */
  ARTEMIS("", ":\\n\\\\c") {
    @Override
    BrokerUnderTest start() {
      ArtemisBroker broker = ArtemisBroker.start();
      return new BrokerUnderTest(this, broker.port(), broker::close);
    }
  },

  /**
   * RabbitMQ as a child process, where it is installed. Its virtual host is named {@code /}. In 1.0
   * it escapes colons on the way out and takes every backslash for an escape.
   */
  RABBITMQ("/", "") {
    @Override
    BrokerUnderTest start() {
      assumeTrue(RabbitBroker.isInstalled(), "RabbitMQ's package rabbitmq-server is not installed");
      RabbitBroker broker = RabbitBroker.start();
      return new BrokerUnderTest(this, broker.port(), broker::close);
    }
  };

  private final String path;
  private final String syntaxKeptIn10;

  BrokerKind(String path, String syntaxKeptIn10) {
    this.path = path;
    this.syntaxKeptIn10 = syntaxKeptIn10;
  }

  abstract BrokerUnderTest start();

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
