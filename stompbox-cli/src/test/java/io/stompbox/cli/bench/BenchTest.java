package io.stompbox.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.testkit.EmbeddedBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Benches of a real broker, with few messages. */
class BenchTest {
  private static EmbeddedBroker broker;

  /** One for each test. */
  private String queue = "";

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void nameQueue(TestInfo test) {
    queue = "/queue/" + test.getDisplayName().replaceAll("\\W", "-");
  }

  private String json(String line) {
    String[] args = (line + " -o json --wait 30s").split(" ");
    if (args[0].equals("send")) {
      args = (line + " -o json").split(" ");
    }
    String[] all = new String[args.length + 4];
    all[0] = "bench";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = queue;
    all[args.length + 2] = "-s";
    all[args.length + 3] = broker.uri();
    return Cli.run(all).assertThatItEndsWith(ExitCode.OK).out();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "send -n 2000",
        "send -n 2000 --window 1 --producers 3 --persistent",
        "send -n 2000 --tx 300 --producers 2 --connections 1"
      })
  void everyConfirmedSendIsCounted(String line) {
    assertThat(json(line))
        .startsWith("{\"format\":1,\"kind\":\"send\",")
        .contains("\"sent\":2000,\"confirmed\":2000,\"received\":0,\"duplicates\":0,\"errors\":0")
        .contains("\"lost\":0,", "\"latency\":{\"unit\":\"us\",\"count\":2000,");
  }
}
