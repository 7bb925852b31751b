package io.stompbox.cli.setup;

import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.util.List;
import picocli.CommandLine;

/** Runs typical commands, so that Java can note which classes they need. */
final class Training {
  private Training() {}

  static void run(CommandLine root) {
    QueueBroker queues = new QueueBroker();
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.otherwise(queues::serve);
      String uri = broker.uri();
      List<String[]> commands =
          List.of(
              new String[] {"version"},
              new String[] {"--help"},
              new String[] {"send", "--help"},
              new String[] {"send", "-s", uri, "/queue/training", "hello", "--receipt"},
              new String[] {"send", "-s", uri, "/queue/training", "again", "-H", "a:b"},
              new String[] {"listen", "-s", uri, "/queue/training", "-c", "2", "--wait", "5s"},
              new String[] {"listen", "-s", "stomp://127.0.0.1:1", "/queue/training"});
      commands.forEach(root::execute);
    }
  }
}
