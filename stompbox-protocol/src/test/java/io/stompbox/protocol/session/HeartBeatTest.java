package io.stompbox.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeartBeatTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "NEG-028 | 0,0       | '0,0'             | 0,0",
        "NEG-030 | 0,0       | '5000,0'          | 0,0",
        "NEG-031 | 0,0       | '5000,3000'       | 0,0",
        "NEG-032 | 0,6000    | '0,0'             | 0,0",
        "NEG-033 | 0,6000    | '0,3000'          | 0,0",
        "NEG-035 | 0,6000    | '5000,3000'       | 0,6000",
        "NEG-036 | 4000,0    | '0,0'             | 0,0",
        "NEG-038 | 4000,0    | '5000,0'          | 0,0",
        "NEG-040 | 4000,6000 | '0,0'             | 0,0",
        "NEG-041 | 4000,6000 | '0,3000'          | 4000,0",
        "NEG-043 | 4000,6000 | '5000,3000'       | 4000,6000",
        "NEG-044 | 1000,1000 | '1000,1000'       | 1000,1000",
        "NEG-045 | 1000,9000 | '2000,30000'      | 30000,9000",
        "NEG-049 | 4000,6000 | '0,0'             | 0,0",
        "NEG-051 | 4000,6000 | ' 5000 , 3000 '   | 4000,6000",
        "NEG-052 | 4000,6000 | '005000,03000'    | 4000,6000",
        "HB-01   | 3000,5000 | '5000,3000'       | 3000,5000",
        "HB-02   | 3000,5000 | '6000,2000'       | 3000,6000",
        "HB-03   | 3000,5000 | '0,0'             | 0,0",
        "HB-04   | 3000,5000 | '10000,0'         | 0,10000",
        "HB-05   | 0,0       | '10000,0'         | 0,0",
        "HB-06   | 1000,1000 | '500,2000'        | 2000,1000",
        "HB-07   | 1000,0    | '0,500'           | 1000,0",
        "HB-08   | 1,2       | '3,4'             | 4,3",
        "HB-09   | 1000,1000 | '100, 10000'      | 10000,1000",
        "tab     | 4000,6000 | '5000,\t3000'     | 4000,6000",
        "zeros   | 4000,6000 | '000,3000'        | 4000,0",
        "25 days | 1,1       | '2147483647,1'    | 1,2147483647",
        "more    | 1,1       | '2147483648,99999999999999999999' | 2147483647,2147483647",
      })
  void agreesOnTheSlowerSideOrNothing(
      String id, String offered, String fromServer, String expected) {
    HeartBeat agreed = HeartBeat.parse(offered).agreedWith(HeartBeat.parse(fromServer));

    assertThat(agreed.text()).isEqualTo(expected);
  }

  @Test
  void bothSidesComeToTheSameResult() {
    HeartBeat client = new HeartBeat(1000, 9000);
    HeartBeat server = new HeartBeat(2000, 30_000);

    HeartBeat atTheClient = client.agreedWith(server);
    HeartBeat atTheServer = server.agreedWith(client);

    assertThat(atTheServer.sendMillis()).isEqualTo(atTheClient.receiveMillis()).isEqualTo(9000);
    assertThat(atTheServer.receiveMillis()).isEqualTo(atTheClient.sendMillis()).isEqualTo(30_000);
  }

  /** NEG-053, -054, -056, -057, -059, CMD-111 to CMD-119, and more of the kind. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "5000",
        "-1,0",
        "5000,",
        "5000;3000",
        "",
        ",",
        ",2",
        "2,",
        "1,2,3",
        "a,b",
        "0,-1",
        "+1,0",
        "1 0,0",
        "1.0,0",
        "1e3,0",
        "0x1,0",
        "٣,0",
        "１,0",
        "1,,2",
        "1,2,",
        "1\n,0x"
      })
  void refusesWhatIsNotTwoNumbers(String value) {
    assertThatThrownBy(() -> HeartBeat.parse(value))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BAD_HEART_BEAT))
        .hasMessage(
            "heart-beat must be two numbers of milliseconds and a comma, but was '" + value + "'");
  }

  @ParameterizedTest(name = "{0}: {1},{2}")
  @CsvSource({"NEG-063, -1, 0", "NEG-064, 0, -5"})
  void refusesNegativePeriods(String id, int send, int receive) {
    assertThatThrownBy(() -> new HeartBeat(send, receive))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("heart-beat periods must not be negative: " + send + "," + receive);
  }

  @Test
  void writesNoBlanks() {
    assertThat(new HeartBeat(10_000, 20_000).text()).isEqualTo("10000,20000");
    assertThat(HeartBeat.NONE.text()).isEqualTo("0,0");
  }
}
