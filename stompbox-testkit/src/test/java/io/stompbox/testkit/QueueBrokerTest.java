package io.stompbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.HeartBeatMonitor;
import io.stompbox.protocol.session.ServerSessionOptions;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueBrokerTest {
  private static final QueueBrokerOptions DEFAULTS = QueueBrokerOptions.defaults();

  private final QueueBroker broker = new QueueBroker();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void aConversationIsTheSameHoweverItsOctetsAreCut(int chunk) {
    TextClient client = new TextClient(broker, chunk);

    client.send(
        "\n\r\nSTOMP\r\naccept-version:1.1,1.2\r\nhost:/\r\n\r\n^@"
            + "SUBSCRIBE\nid:a\\cb\ndestination:/q\nack:client\nreceipt:1\n\n^@\n"
            + "SEND\ndestination:/q\nk\\cey: v\\n\ncontent-length:3\nreceipt:2\n\na^@b^@"
            + "ACK\nid:session-1-1\nreceipt:3\n\n^@"
            + "DISCONNECT\nreceipt:4\n\n^@"
            + "SEND\ndestination:/q\n\ntoo late^@");

    assertThat(client.received())
        .isEqualTo(
            "CONNECTED\nversion:1.2\nsession:session-1\nserver:Stompbox\n\n^@"
                + "RECEIPT\nreceipt-id:1\n\n^@"
                + "RECEIPT\nreceipt-id:2\n\n^@"
                + "MESSAGE\ndestination:/q\nmessage-id:message-1\nsubscription:a\\cb\n"
                + "ack:session-1-1\nk\\cey: v\\n\ncontent-length:3\n\na^@b^@"
                + "RECEIPT\nreceipt-id:3\n\n^@"
                + "RECEIPT\nreceipt-id:4\n\n^@");
    assertThat(client.connection().isOver()).isTrue();
    assertThat(broker.waiting("/q")).isZero();
    assertThat(broker.unacknowledged()).isZero();
  }

  @Test
  void messagesWaitWhileNobodySubscribesAndComeInOrder() {
    TextClient producer = TextClient.connected(broker, "1.2");
    producer.sendTo("/q", "1", "2", "3");
    assertThat(broker.waiting("/q")).isEqualTo(3);

    TextClient consumer = TextClient.connected(broker, "1.2");
    consumer.subscribe("/q", "auto");

    assertThat(consumer.receivedBodies()).isEqualTo("1 2 3");
    assertThat(broker.waiting("/q")).isZero();
  }

  @Test
  void eachMessageGoesToOneSubscriptionInTurn() {
    TextClient first = TextClient.connected(broker, "1.2");
    TextClient second = TextClient.connected(broker, "1.1");
    first.subscribe("/q", "auto");
    second.subscribe("/q", "auto");

    TextClient.connected(broker, "1.0").sendTo("/q", "1", "2", "3", "4", "5");

    assertThat(first.receivedBodies()).isEqualTo("1 3 5");
    assertThat(second.receivedBodies()).isEqualTo("2 4");
  }

  @ParameterizedTest(name = "{0} {1}, ACK of message {2}")
  @CsvSource({
    "1.0, client,            2, 3 4 5",
    "1.1, client,            2, 3 4 5",
    "1.2, client,            2, 3 4 5",
    "1.2, client,            5, ''",
    "1.2, client-individual, 2, 1 3 4 5",
    "1.1, client-individual, 5, 1 2 3 4"
  })
  void whatWasNotAcknowledgedComesAgainInItsOldOrderAfterADrop(
      String version, String mode, int number, String again) {
    TextClient first = TextClient.connected(broker, version);
    first.subscribe("/q", mode);
    first.sendTo("/q", "1", "2", "3", "4");
    first.connection().lost();
    TextClient second = TextClient.connected(broker, version);
    second.sendTo("/q", "5");
    second.subscribe("/q", mode);
    assertThat(second.receivedBodies()).isEqualTo("1 2 3 4 5");
    second.send(
        version.equals("1.2")
            ? "ACK\nid:session-2-" + number + "\n\n^@"
            : "ACK\nsubscription:s\nmessage-id:message-" + number + "\n\n^@");

    second.send("UNSUBSCRIBE\nid:s\n\n^@");
    second.subscribe("/q", mode);

    assertThat(second.receivedBodies()).isEqualTo(again);
  }

  @Test
  void whoGetsAMessageAgainIsTold() {
    TextClient first = TextClient.connected(broker, "1.2");
    first.subscribe("/q", "client");
    first.sendTo("/q", "x");
    assertThat(first.received()).doesNotContain("redelivered");
    first.connection().lost();

    TextClient second = TextClient.connected(broker, "1.2");
    second.subscribe("/q", "client");

    assertThat(second.received()).contains("message-id:message-1\n", "redelivered:true\n");
  }

  @Test
  void anAcknowledgementOfAnotherConnectionIsNotTakenForOneOfThis() {
    TextClient first = TextClient.connected(broker, "1.2");
    first.subscribe("/q", "client");
    first.sendTo("/q", "x");
    first.connection().lost();
    TextClient second = TextClient.connected(broker, "1.2");
    second.subscribe("/q", "client");

    second.send("ACK\nid:session-1-1\n\n^@");

    assertThat(second.connection().isOver()).isTrue();
    assertThat(broker.waiting("/q")).isEqualTo(1);
  }

  @Test
  void refusedMessagesCanBeLookedAtAndRefusingThemAgainForgetsThem() {
    TextClient client = TextClient.connected(broker, "1.2");
    client.subscribe("/q", "client");
    client.sendTo("/q", "1", "2");
    client.send("NACK\nid:session-1-2\n\n^@");
    client.received();
    assertThat(broker.waiting(QueueBroker.DEAD_LETTERS)).isEqualTo(2);

    client.send("UNSUBSCRIBE\nid:s\n\n^@");
    client.subscribe(QueueBroker.DEAD_LETTERS, "client");

    assertThat(client.received())
        .contains("destination:/queue/dead-letters\n", "original-destination:/q\n");
    client.send("NACK\nid:session-1-4\n\n^@");
    assertThat(broker.waiting(QueueBroker.DEAD_LETTERS)).isZero();
    assertThat(broker.unacknowledged()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "COMMIT,     c,  1, 0",
    "ABORT,      '', 3, 0",
    "DISCONNECT, '', 0, 3",
    "drop,       '', 0, 3"
  })
  void aTransactionWorksAsAWholeOrNotAtAll(
      String end, String seen, int unacknowledged, int waiting) {
    TextClient client = TextClient.connected(broker, "1.2");
    client.subscribe("/q", "client");
    client.sendTo("/q", "1", "2", "3");
    client.received();
    client.send(
        "BEGIN\ntransaction:t\n\n^@"
            + "ACK\nid:session-1-2\ntransaction:t\n\n^@"
            + "SEND\ndestination:/other\ntransaction:t\n\nc^@");
    TextClient other = TextClient.connected(broker, "1.2");
    other.subscribe("/other", "auto");
    assertThat(other.received()).isEmpty();

    if (end.equals("drop")) {
      client.connection().lost();
    } else {
      client.send(end + "\ntransaction:t\n\n^@");
    }

    assertThat(other.receivedBodies()).isEqualTo(seen);
    assertThat(broker.unacknowledged()).isEqualTo(unacknowledged);
    assertThat(broker.waiting("/q")).isEqualTo(waiting);
  }

  @Test
  void aHeaderThatTheReadersVersionCantCarryIsLeftOut() {
    TextClient reader = TextClient.connected(broker, "1.0");
    reader.subscribe("/q", "auto");

    TextClient.connected(broker, "1.2")
        .send("SEND\ndestination:/q\nplain:a\\\\b\nlines:a\\nb\n\nx^@");

    assertThat(reader.received())
        .contains("plain:a\\b\n", "content-length:1\n\nx^@")
        .doesNotContain("lines");
  }

  @Test
  void whoDoesNotReadGetsNoMoreUntilItHasRead() {
    QueueBroker small = new QueueBroker(DEFAULTS.withUnread(300));
    TextClient reader = TextClient.connected(small, "1.2");
    reader.subscribe("/q", "auto");
    TextClient sender = TextClient.connected(small, "1.2");
    for (int i = 0; i < 100; i++) {
      sender.sendTo("/q", "message " + i);
    }

    int left = 100;
    while (left > 0) {
      int waiting = small.waiting("/q");
      assertThat(reader.received().length()).isBetween(1, 500);
      assertThat(waiting).isLessThan(left);
      left = waiting;
    }
  }

  @Test
  void aSlowReaderLeavesItsTurnToOthers() {
    QueueBroker small = new QueueBroker(DEFAULTS.withUnread(1));
    TextClient slow = TextClient.connected(small, "1.2");
    TextClient fast = TextClient.connected(small, "1.2");
    slow.subscribe("/q", "auto");
    fast.subscribe("/q", "auto");
    TextClient sender = TextClient.connected(small, "1.2");
    sender.sendTo("/q", "1", "2", "3", "4");

    assertThat(fast.receivedBodies()).isEqualTo("2");
    assertThat(fast.receivedBodies()).isEqualTo("3");
    assertThat(fast.receivedBodies()).isEqualTo("4");
    assertThat(slow.receivedBodies()).isEqualTo("1");
  }

  @ParameterizedTest(name = "{0} messages, {1} octets")
  @CsvSource({"3, 1000", "1000, 30"})
  void whoSendsMoreThanTheBrokerHoldsGetsAnError(int messages, int octets) {
    QueueBroker small = new QueueBroker(DEFAULTS.withMessages(messages).withOctets(octets));
    TextClient client = TextClient.connected(small, "1.2");
    client.subscribe("/q", "client");
    client.sendTo("/q", "0123456789", "0123456789", "0123456789");
    assertThat(client.connection().isOver()).isFalse();

    client.send("BEGIN\ntransaction:t\n\n^@");
    client.send("SEND\ndestination:/q\ntransaction:t\n\nx^@");
    client.received();
    client.send("COMMIT\ntransaction:t\nreceipt:r\n\n^@");

    assertThat(client.received())
        .startsWith("ERROR\nmessage:the broker is full")
        .contains("receipt-id:r\n");
    assertThat(small.waiting("/q")).isEqualTo(3);
    TextClient next = TextClient.connected(small, "1.2");
    next.subscribe("/q", "auto");
    next.sendTo("/q", "there is room again");
    assertThat(next.receivedBodies()).endsWith("room again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ACK", "NACK"})
  void whatATransactionSettledComesBackIfTheBrokerHasNoRoomForTheRest(String command) {
    QueueBroker small = new QueueBroker(DEFAULTS.withMessages(1));
    TextClient client = TextClient.connected(small, "1.2");
    client.subscribe("/q", "client");
    client.sendTo("/q", "first");
    client.send("BEGIN\ntransaction:t\n\n^@");
    client.send(command + "\nid:session-1-1\ntransaction:t\n\n^@");
    client.send("SEND\ndestination:/q\ntransaction:t\n\nsecond^@");

    client.send("COMMIT\ntransaction:t\n\n^@");

    assertThat(client.received()).contains("ERROR\nmessage:the broker is full");
    assertThat(small.unacknowledged()).isZero();
    TextClient next = TextClient.connected(small, "1.2");
    next.subscribe("/q", "auto");
    assertThat(next.receivedBodies()).isEqualTo("first");
  }

  @Test
  void aFloodOfMessagesThatNobodyAcknowledgesIsHandledInTimeThatGrowsWithIt() {
    QueueBroker large = new QueueBroker(DEFAULTS.withUnread(Integer.MAX_VALUE));
    TextClient client = TextClient.connected(large, "1.2");
    client.subscribe("/q", "client-individual");
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      client.sendTo("/q", "x");
    }
    for (int i = count; i > 0; i -= 2) {
      client.send("ACK\nid:session-1-" + i + "\n\n^@");
    }

    assertThat(large.unacknowledged()).isEqualTo(count / 2);
    client.connection().lost();
    assertThat(large.waiting("/q")).isEqualTo(count / 2);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "SEND\ndestination:/q\nno colon\n\nx^@",
        "SEND\ndestination:/q\nh:\\q\n\nx^@",
        "SEND\ndestination:/q\ncontent-length:1\n\nabc^@",
        "SEND\ndestination:/q\ncontent-length:-1\n\nabc^@",
        "SUBSCRIBE\nid:1\ndestination:/q\n\nbody^@",
        "SEND\ndestination:/q\nh1:\nh2:\nh3:\nh4:\nh5:\n\nx^@",
        "SEND\ndestination:/q\nlong:0123456789012345678901234567890123456789\n\nx^@",
        "SEND\ndestination:/q\n\n0123456789012345678901234567890123456789^@",
        " SEND\ndestination:/q\n\nx^@"
      })
  void aMalformedFrameGivesErrorAndNothingAfterItCounts(String malformed) {
    QueueBroker strict =
        new QueueBroker(
            DEFAULTS.with(DecoderLimits.defaults().withHeaders(4).withLine(40).withBody(30)));
    TextClient client = TextClient.connected(strict, "1.2");
    client.sendTo("/q", "before");

    client.send(malformed);
    client.sendTo("/q", "after");

    assertThat(client.received()).startsWith("ERROR\nmessage:").endsWith("\n\n^@");
    assertThat(client.connection().isOver()).isTrue();
    assertThat(strict.waiting("/q")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1.0, 'a:b'", "1.2, 'a\\cb'"})
  void whoIsRefusedReadsWhyInItsVersion(String version, String shown) {
    TextClient client = new TextClient(broker, 1);

    client.send("CONNECT\naccept-version:" + version + "\nhost:/\nheart-beat:a:b\n\n^@");

    assertThat(client.received()).startsWith("ERROR\n").contains("'" + shown + "'");
  }

  @Test
  void randomOctetsNeverHarmAnybodyElse() {
    Random random = new Random(7);
    TextClient reader = TextClient.connected(broker, "1.2");
    reader.subscribe("/q", "auto");
    String[] pieces = {
      "SEND\n",
      "ACK\n",
      "NACK\n",
      "BEGIN\n",
      "COMMIT\n",
      "ABORT\n",
      "SUBSCRIBE\n",
      "CONNECT\n",
      "UNSUBSCRIBE\n",
      "DISCONNECT\n",
      "destination:/q\n",
      "id:1\n",
      "ack:client\n",
      "receipt:r\n",
      "transaction:t\n",
      "accept-version:1.1\n",
      "host:/\n",
      "\n",
      "^@",
      "\n^@",
      "id:session-1-1\n",
      "message-id:message-1\n",
      "subscription:1\n",
      "content-length:2\n",
      "\u00ff",
      "\\",
      ":"
    };
    for (int i = 0; i < 1000; i++) {
      TextClient client =
          i % 3 == 0
              ? new TextClient(broker, 1 + random.nextInt(9))
              : TextClient.connected(broker, i % 2 == 0 ? "1.1" : "1.0");
      for (int j = 0; j < 30; j++) {
        client.send(pieces[random.nextInt(pieces.length)]);
      }
      client.connection().lost();
      assertThat(client.received()).isNotNull();
    }
    reader.received();
    reader.sendTo("/q", "still here");

    assertThat(reader.receivedBodies()).isEqualTo("still here");
    assertThat(broker.unacknowledged()).isZero();
  }

  @Test
  void heartBeatsAreOutputAndASilentClientIsCut() {
    long start = Long.MAX_VALUE - 5;
    QueueBroker beating =
        new QueueBroker(
            DEFAULTS.with(ServerSessionOptions.defaults().with(new HeartBeat(500, 500))));
    BrokerConnection connection = beating.connect(start);
    connection.receive(
        ByteBuffer.wrap(
            "CONNECT\naccept-version:1.2\nhost:/\nheart-beat:500,500\n\n\0".getBytes(UTF_8)),
        start);
    assertThat(connection.takeOutput(start)).isNotEmpty();

    long due = connection.nanosUntilDue(start);
    connection.tick(start + due);

    assertThat(due).isEqualTo(TimeUnit.MILLISECONDS.toNanos(250));
    assertThat(connection.takeOutput(start + due)).containsExactly('\n');
    connection.tick(start + TimeUnit.SECONDS.toNanos(2));
    assertThat(connection.isOver()).isTrue();
    assertThat(connection.nanosUntilDue(start)).isEqualTo(HeartBeatMonitor.NEVER);
  }

  @Test
  void limitsThatLetNothingThroughAreRefused() {
    assertThatThrownBy(() -> DEFAULTS.withMessages(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("messages=0");
    assertThatThrownBy(() -> DEFAULTS.withOctets(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DEFAULTS.withUnread(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
