package io.stompbox.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.bench.scale.ScaleRun.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdksTest {
  private static final Jdk V17 = new Jdk(Path.of("/17"), 17);
  private static final Jdk OTHER_17 = new Jdk(Path.of("/other"), 17);
  private static final Jdk V21 = new Jdk(Path.of("/21"), 21);
  private static final Jdk V25 = new Jdk(Path.of("/25"), 25);

  @Test
  void aNewerOneThatIsInstalledIsTheNewest() {
    Jdks jdks = Jdks.of(V17, Optional.empty(), List.of(OTHER_17, V25, V21));

    assertThat(jdks.suiting(Needs.NEWEST)).contains(V25);
    assertThat(jdks.suiting(Needs.VIRTUAL_THREADS)).contains(V25);
    assertThat(jdks.suiting(Needs.JDK_17)).contains(V17);
  }

  @Test
  void theOneThatRunsDoesWhereNoneIsNewer() {
    Jdks jdks = Jdks.of(V25, Optional.empty(), List.of(V17));

    assertThat(jdks.suiting(Needs.VIRTUAL_THREADS)).contains(V25);
    assertThat(jdks.suiting(Needs.JDK_17)).contains(V17);
  }

  @Test
  void theOneThatIsNamedIsTakenForTheNewest() {
    Jdks jdks = Jdks.of(V17, Optional.of(V21), List.of(V25));

    assertThat(jdks.suiting(Needs.NEWEST)).contains(V21);
    assertThat(jdks.suiting(Needs.VIRTUAL_THREADS)).contains(V21);
  }

  @Test
  void saysWhyNoneSuits() {
    Jdks only17 = Jdks.of(V17, Optional.empty(), List.of());
    Jdks only25 = Jdks.of(V25, Optional.empty(), List.of());

    assertThat(only17.suiting(Needs.VIRTUAL_THREADS)).isEmpty();
    assertThat(only17.lack(Needs.VIRTUAL_THREADS))
        .isEqualTo(
            "it needs a JDK with virtual threads, 21 or newer, and there is only JDK 17 in /17;"
                + " name one with --jdk");
    assertThat(only25.suiting(Needs.JDK_17)).isEmpty();
    assertThat(only25.lack(Needs.JDK_17))
        .isEqualTo("it needs JDK 17, and there is only JDK 25 in /25; name one with --jdk");
  }

  @Test
  void findsThoseInAFolderByTheirReleaseFiles(@TempDir Path folder) throws IOException {
    install(folder.resolve("twenty-five"), "JAVA_VERSION=\"25.0.3\"\nOS_NAME=\"Linux\"\n");
    install(folder.resolve("eight"), "JAVA_VERSION=\"1.8.0_402\"\n");
    install(folder.resolve("unknown"), "IMPLEMENTOR=\"nobody\"\n");
    Files.writeString(
        Files.createDirectory(folder.resolve("sources")).resolve("release"), "JAVA_VERSION=\"21\"");
    Files.writeString(folder.resolve("file"), "");

    assertThat(Jdk.in(folder))
        .containsExactlyInAnyOrder(
            new Jdk(folder.resolve("twenty-five"), 25), new Jdk(folder.resolve("eight"), 1));
    assertThat(Jdk.in(folder.resolve("nowhere"))).isEmpty();
  }

  @Test
  void refusesWhatIsNoJdk(@TempDir Path folder) {
    assertThatThrownBy(() -> Jdk.named(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--jdk must be the home of a JDK, with bin/java and a file release that tells its"
                + " JAVA_VERSION, and not "
                + folder);
  }

  private static void install(Path home, String release) throws IOException {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    assertThat(Files.createFile(java).toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), release);
  }
}
