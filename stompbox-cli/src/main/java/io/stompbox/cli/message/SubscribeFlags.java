package io.stompbox.cli.message;

import io.stompbox.cli.connection.HeaderConverter;
import io.stompbox.cli.connection.WholeNumber;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.protocol.frame.Header;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a subscription asks of the broker. */
final class SubscribeFlags {
  @Option(
      names = "--selector",
      paramLabel = "CONDITION",
      description = "Only messages whose headers fulfil it, such as \"price > 10\".")
  private @Nullable String selector;

  @Option(
      names = "--durable",
      paramLabel = "NAME",
      description =
          "The broker keeps messages of a topic while nobody listens. "
              + "ActiveMQ and Artemis want the same --client-id each time.")
  private @Nullable String durable;

  @Option(
      names = "--prefetch",
      paramLabel = "N",
      converter = WholeNumber.NotNegative.class,
      description =
          "How many messages the broker may send ahead; 0 is up to it. "
              + "Default: 100, or --count if that is less.")
  private @Nullable Integer prefetch;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "NAME:VALUE",
      converter = HeaderConverter.class,
      description = "One more header of SUBSCRIBE; may be given several times.")
  private List<Header> headers = new ArrayList<>();

  /** Whether the subscription outlives the command. */
  boolean isDurable() {
    return durable != null;
  }

  /**
   * Returns a subscription that is like that as well.
   *
   * @param count how many messages are wanted: what is sent ahead beyond would come again marked as
   *     redelivered; null if that is not known
   */
  SubscribeOptions applyTo(SubscribeOptions bare, @Nullable Integer count) {
    HeaderConverter.checkAgreement(headers, "selector", "--selector", selector);
    int usual = count == null ? bare.prefetch() : Math.min(bare.prefetch(), count);
    SubscribeOptions options = bare.withPrefetch(prefetch != null ? prefetch : usual);
    options = selector == null ? options : options.selector(selector);
    options = durable == null ? options : options.durable(durable);
    for (Header header : headers) {
      try {
        options = options.withHeader(header.name(), header.value());
      } catch (IllegalArgumentException e) {
        throw HeaderConverter.reserved(header);
      }
    }
    return options;
  }
}
