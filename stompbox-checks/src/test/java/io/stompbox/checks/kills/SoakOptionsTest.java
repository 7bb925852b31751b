package io.stompbox.checks.kills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoakOptionsTest {
  @Test
  void everyBrokerAndTrafficIsTheDefault() {
    assertThat(SoakOptions.parse(List.of(), 5))
        .isEqualTo(
            new SoakOptions(
                List.of(KilledBroker.values()),
                List.of(Traffic.values()),
                new Load(100_000, 10, 5)));
  }

  @Test
  void optionsChooseBrokersTrafficAndLoad() {
    String arguments =
        "--broker artemis --run send --run forget --messages 50 --kills 3 --seed 9 --broker rabbitmq";

    assertThat(SoakOptions.parse(List.of(arguments.split(" ")), 5))
        .isEqualTo(
            new SoakOptions(
                List.of(KilledBroker.ARTEMIS, KilledBroker.RABBITMQ),
                List.of(Traffic.SEND, Traffic.FORGET),
                new Load(50, 3, 9)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --messages              | --messages needs a value
          --messages ten          | --messages needs a number from 0 to 1000000, not 'ten'
          --messages 1000001      | --messages needs a number from 0 to 1000000, not '1000001'
          --messages 0            | messages must be at least 1: 0
          --messages 5 --kills 5  | kills must be from 0 to 4, fewer than messages: 5
          --kills -1              | --kills needs a number from 0 to 100, not '-1'
          --broker ibm            | --broker is one of [activemq, artemis, activemq_pair, artemis_pair, artemis_replicated, rabbitmq, rabbitmq_quorum], not 'ibm'
          --fast                  | there is no option '--fast'
          """)
  void whatIsNotUnderstoodIsNamed(String arguments, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SoakOptions.parse(List.of(arguments.split(" +")), 5))
        .withMessage(message);
  }

  @Test
  void theSameSeedKillsAtTheSameMoments() {
    Load load = new Load(1000, 20, 42);

    assertThat(load.moments())
        .hasSize(20)
        .isSorted()
        .doesNotHaveDuplicates()
        .isEqualTo(new Load(1000, 20, 42).moments())
        .isNotEqualTo(new Load(1000, 20, 43).moments())
        .allMatch(moment -> moment >= 1 && moment < 1000);
  }
}
