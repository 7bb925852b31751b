package io.stompbox.cli.message;

import io.stompbox.client.StompClient;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How messages are to be sent.
 *
 * @param where to, in words for the user
 * @param confirmation what is to be known of each message
 * @param rate how many in a second at most
 * @param total how many there will be; empty if nobody knows
 * @param timeout for each answer of the broker
 */
record SendPlan(String where, How confirmation, Rate rate, OptionalLong total, Duration timeout) {

  /** What is to be known of messages. */
  sealed interface How {
    /** Nothing. */
    record Plain() implements How {}

    /** Whether the broker has each of them. */
    record Receipts() implements How {}

    /** Whether the broker has committed so many at a time. */
    record Transactions(int size) implements How {}
  }

  SendWay way(StompClient client, SendTally tally, Outages outages) {
    if (confirmation instanceof How.Transactions transactions) {
      return new TransactedSends(client, tally, outages, transactions.size(), timeout);
    }
    return confirmation instanceof How.Receipts
        ? new ConfirmedSends(client, tally, outages, timeout)
        : new SendWay.Plain(client, tally, outages, timeout);
  }
}
