package io.stompbox.client;

import io.stompbox.client.BrokerProfile.Durable;
import io.stompbox.client.BrokerProfile.Quirk;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.session.FrameOptions;
import io.stompbox.protocol.session.SubscriptionToken.ById;
import java.util.List;

/** Makes the frames that begin and end subscriptions, in the words of the broker. */
final class SubscribeFrames {
  private SubscribeFrames() {}

  /** Returns a SUBSCRIBE that tells the subscription of its receipt, if the broker gives any. */
  static Outbound asking(Subscription subscription, Epoch epoch, Requests requests) {
    Frame frame = frame(subscription, epoch);
    Establishment establishment = subscription.establishment();
    if (epoch.profile().has(Quirk.RECEIPTS_FOR_DISCONNECT_ONLY)) {
      establishment.settled(new Outcome.Confirmed(1, epoch.number(), false));
      return Outbound.bound(frame, epoch.number());
    }
    Confirmation confirmation =
        requests
            .receipts()
            .confirmation("SUBSCRIBE to " + subscription.destination(), establishment::settled);
    establishment.subscribing();
    return requests.asking(frame, epoch, confirmation);
  }

  /**
   * Returns a SUBSCRIBE.
   *
   * @throws IllegalArgumentException if the broker does not have what is asked for
   */
  static Frame frame(Subscription subscription, Epoch epoch) {
    epoch.checkDurable(subscription.options().reading());
    return epoch
        .commands()
        .subscribe(
            subscription.destination(),
            epoch.profile().wireId(subscription.id(), epoch.number()),
            subscription.options().acknowledgement().mode(),
            epoch.profile().headersOf(subscription));
  }

  /** Returns what has the broker forget a durable subscription; the last is worth a receipt. */
  static List<Frame> remove(String wireId, String name, Epoch epoch) {
    Durable durable = epoch.profile().durable(name);
    FrameOptions named = FrameOptions.NONE.with(durable.headers(name));
    Frame remove = epoch.commands().unsubscribe(new ById(wireId), named);
    return durable.kind() == Durable.Kind.CLIENT_THEN_NAME
        ? List.of(epoch.commands().unsubscribe(wireId), remove)
        : List.of(remove);
  }
}
