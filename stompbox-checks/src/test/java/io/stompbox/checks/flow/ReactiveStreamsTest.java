package io.stompbox.checks.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The technology compatibility kit of Reactive Streams, for {@code java.util.concurrent.Flow}. */
class ReactiveStreamsTest {
  @TestFactory
  Stream<DynamicTest> theMessagesOfADestinationKeepTheRulesForPublishers() {
    List<DynamicTest> results = Verification.results(MessagesVerification.class).toList();
    assertThat(results).as("the kit has run").hasSizeGreaterThan(30);
    return results.stream();
  }

  @TestFactory
  Stream<DynamicTest> theSinkKeepsTheRulesForSubscribers() {
    List<DynamicTest> results = Verification.results(SinkVerification.class).toList();
    assertThat(results).as("the kit has run").hasSizeGreaterThan(20);
    return results.stream();
  }
}
