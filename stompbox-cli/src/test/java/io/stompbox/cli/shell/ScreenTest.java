package io.stompbox.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.Failure;
import org.junit.jupiter.api.Test;

class ScreenTest {
  @Test
  void failureCannotForgeLines() {
    Cli cli = new Cli();

    new Screen(cli.environment()).tell(Failure.usage("no\nyes", "a\nb"), "");

    assertThat(cli.err()).isEqualTo("no?yes\n  a?b\n");
  }
}
