package io.stompbox.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Arguments of the demo become a demo; nothing here runs one. */
class DemoArgumentsTest {
  @Test
  void demoSendsTenThousandMessagesWithinAMinute() {
    Demo demo = Cli.command(DemoCommand.class, "demo").demo();

    assertThat(demo.messages()).isEqualTo(10_000);
    assertThat(demo.limit()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void demoSendsAsManyAsAskedFor() {
    DemoCommand command =
        Cli.command(DemoCommand.class, "demo", "--messages", "50", "--limit", "5s");

    assertThat(command.demo().messages()).isEqualTo(50);
    assertThat(command.demo().limit()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void demoNeedsTwoMessagesToHaveAMiddle() {
    assertThat(Cli.run("demo", "--messages", "1").assertThatItEndsWith(ExitCode.USAGE).err())
        .contains("--messages: '1' must be a whole number from 2 to");
  }
}
