package io.stompbox.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemThreadsTest {
  @Test
  void countsWhatTheSystemCounts(@TempDir Path folder) throws Exception {
    Path status = Files.writeString(folder.resolve("status"), "Name:\tjava\nThreads:\t3002\n");

    assertThat(SystemThreads.in(status)).isEqualTo(3002);
  }

  @Test
  void countsThoseOfTheJvmWhereTheSystemDoesNotTell(@TempDir Path folder) throws Exception {
    Path status = Files.writeString(folder.resolve("status"), "Name:\tjava\n");

    assertThat(SystemThreads.in(status)).isPositive();
    assertThat(SystemThreads.in(folder.resolve("none"))).isPositive();
  }

  @Test
  void thoseThatNoGroupOfThreadsKnowsAreAmongThem() {
    // The system's count has threads of the collector too, of which no bean tells.
    assertThat(SystemThreads.count())
        .isGreaterThanOrEqualTo(ManagementFactory.getThreadMXBean().getThreadCount())
        .isGreaterThan(Thread.activeCount());
  }
}
