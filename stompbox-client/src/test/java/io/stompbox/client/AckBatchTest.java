package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which frames tell the broker of messages whose acknowledgements are cumulative. */
class AckBatchTest {
  private final AckBatch batch = new AckBatch();

  /** Five messages came; each word decides one of them, or takes what can be told. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "in order            | ack1 ack2 ack3 take           | ACK3",
        "a gap               | ack1 ack3 ack4 take           | ACK1",
        "a gap that is filled| ack1 ack3 take ack2 take      | ACK1 ACK3",
        "not the oldest      | ack2 ack3 take                | ''",
        "refused             | ack1 ack2 nack3 ack4 take     | ACK2 NACK3 ACK4",
        "refused too early   | nack3 take ack1 take ack2 take| ACK1 ACK2 NACK3",
        "refused first       | nack1 take                    | NACK1",
        "refused twice       | nack1 nack2 ack3 take         | NACK1 NACK2 ACK3",
        "other opinion       | ack1 nack1 take               | NACK1",
        "nothing twice       | ack1 take take                | ACK1"
      })
  void coversOnlyWhatWasProcessed(String name, String words, String expected) {
    for (long sequence = 1; sequence <= 5; sequence++) {
      batch.add(sequence);
    }

    List<String> written = Stream.of(words.split(" ")).flatMap(this::perform).toList();

    assertThat(written)
        .isEqualTo(Stream.of(expected.split(" ")).filter(w -> !w.isEmpty()).toList());
  }

  private Stream<String> perform(String word) {
    if (word.equals("take")) {
      return batch.take().stream().map(step -> step.frame().command() + step.frame().require("id"));
    }
    String id = word.substring(word.length() - 1);
    boolean isAck = word.startsWith("ack");
    Frame frame = Frame.of(isAck ? Command.ACK : Command.NACK, "id", id);
    Verdict verdict = isAck ? Verdict.PROCESSED : Verdict.REFUSED;
    batch.decide(Long.parseLong(id), new AckBatch.Step(verdict, frame, List.of()));
    return Stream.empty();
  }
}
