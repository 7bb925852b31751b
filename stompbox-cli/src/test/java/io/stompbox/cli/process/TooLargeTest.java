package io.stompbox.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TooLargeTest {
  private static final String COME_AGAIN = "messages that were not acknowledged come again";

  @ParameterizedTest
  @CsvSource({
    "1, --set most.bodyOctets=1KiB",
    "1024, --set most.bodyOctets=1KiB",
    "1025, --set most.bodyOctets=2KiB",
    "67108865, --set most.bodyOctets=128MiB",
    "1073741825, --set most.bodyOctets=2147483647",
    "2147483647, --set most.bodyOctets=2147483647",
    "2147483648, below 2GiB"
  })
  void bodyIsAllowedByTheNextPowerOfTwo(long octets, String advice) {
    Failure failure = TooLarge.failure("it", ProtocolException.longBody("too long", octets));

    assertThat(failure.advice()).singleElement().asString().contains(advice);
    assertThat(failure).hasMessageContaining("a body of " + octets + " octets or more");
  }

  static Stream<Arguments> heads() {
    return Stream.of(
        Arguments.of(Fault.LIMIT_LINE, List.of(COME_AGAIN)),
        Arguments.of(
            Fault.LIMIT_HEADERS,
            List.of("--set most.headers=N takes frames with more headers; " + COME_AGAIN)));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void headIsDescribedInTheLibrarysWordsWithoutItsAdvice(Fault fault, List<String> advice) {
    String sentence = "MESSAGE has too much; raise DecoderLimits if you trust the peer";

    Failure failure = Failure.whileListening("/queue/a", new ProtocolException(fault, sentence));

    assertThat(failure.code()).isEqualTo(ExitCode.CONNECTION_LOST);
    assertThat(failure).hasMessageEndingWith(": MESSAGE has too much");
    assertThat(failure.advice()).isEqualTo(advice);
  }
}
