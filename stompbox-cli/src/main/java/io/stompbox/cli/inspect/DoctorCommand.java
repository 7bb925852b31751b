package io.stompbox.cli.inspect;

import io.stompbox.cli.connection.ConnectionOptions;
import io.stompbox.cli.connection.Endpoint;
import io.stompbox.cli.connection.SizeConverter;
import io.stompbox.cli.connection.WholeNumber;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.cli.process.Output;
import io.stompbox.cli.process.OutputForm;
import io.stompbox.client.Connection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds out what a broker really does. */
@Command(
    name = "doctor",
    header = "Find out what a broker really does.",
    description = {
      "Checks one thing after the other, with queues of its own, which it empties in the end.",
      "ok: as one would wish; note: something to know; fail: not as STOMP has it, or the check "
          + "could not be made, and the exit code is 8 then; skip: does not apply, or needs "
          + "receipts where none come.",
      "If the broker is lost on the way, no more checks are made, and the exit code is 7.",
      "Checks: versions, server, tls, heart-beats, virtual-host, queue, escaping, nul, largest, "
          + "receipts, ack, nack, selector, transactions, browse."
    },
    footer = {
      "  stompbox doctor -s stomp://broker:61613",
      "  stompbox doctor --only nack,largest --largest 256MiB",
      "  stompbox doctor -o json | jq -r 'select(.result != \"ok\")'"
    })
public final class DoctorCommand implements Callable<Integer> {
  private static final int FOUR_MIB = 4 * 1024 * 1024;

  private final Environment environment;

  @Option(
      names = "--only",
      paramLabel = "CHECK",
      split = ",",
      completionCandidates = CheckNames.class,
      description = "Make only these checks, by their names above.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--largest",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "How large a body to try. Default: 4MiB")
  private int largest = FOUR_MIB;

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      converter = WholeNumber.Positive.class,
      description = "How many receipts of each kind to measure. Default: 20")
  private int count = 20;

  @Option(
      names = "--queue",
      paramLabel = "DEST",
      description =
          "Use this queue for everything, where others can't be made. "
              + "It must be empty, and unused by others.")
  private @Nullable String queue;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      converter = OutputForm.OfReport.class,
      completionCandidates = OutputForm.OfReport.class,
      description = "text or json. Default: text")
  private OutputForm form = OutputForm.TEXT;

  @Mixin private final ConnectionOptions connection;

  public DoctorCommand(Environment environment) {
    this.environment = environment;
    this.connection = new ConnectionOptions(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<String, Check> checks = checks();
    Endpoint endpoint = connection.endpoint();
    ProbedBroker broker;
    try (Connection first = open(endpoint)) {
      broker = new ProbedBroker(endpoint, first, connection.timeout(), queue);
    }
    Doctor doctor = new Doctor(broker, new Output(environment.out()), form);
    doctor.run(checks);
    return report(doctor).number();
  }

  private Connection open(Endpoint endpoint) {
    try {
      return endpoint.open();
    } catch (Failure e) {
      throw RefusedCertificate.shownIn(e, connection.timeout());
    }
  }

  /** The checks that the options ask for, in the order in which they are made. */
  Map<String, Check> checks() {
    if (largest < 1) {
      throw Failure.usage("--largest must be at least 1: " + largest);
    }
    Map<String, Check> checks = all(largest, count);
    for (String name : only) {
      if (!checks.containsKey(name)) {
        throw Failure.usage(
            "there is no check named '" + name + "'",
            "there are " + String.join(", ", checks.keySet()));
      }
    }
    if (!only.isEmpty()) {
      checks.keySet().retainAll(only);
    }
    return checks;
  }

  /** What a shell may complete. */
  static final class CheckNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return all(FOUR_MIB, 1).keySet().iterator();
    }
  }

  private static Map<String, Check> all(int largest, int count) {
    Map<String, Check> checks = new LinkedHashMap<>();
    checks.put("versions", HandshakeChecks::versions);
    checks.put("server", HandshakeChecks::server);
    checks.put("tls", new TlsCheck());
    checks.put("heart-beats", HandshakeChecks::heartBeats);
    checks.put("virtual-host", HandshakeChecks::virtualHost);
    Map<String, Check> confirmed = new LinkedHashMap<>();
    confirmed.put("queue", DeliveryChecks::queue);
    confirmed.put("escaping", ContentChecks::escaping);
    confirmed.put("nul", ContentChecks::nul);
    confirmed.put("largest", ContentChecks.largest(largest));
    confirmed.put("receipts", new ReceiptCheck(count));
    confirmed.put("ack", DeliveryChecks::ack);
    confirmed.put("nack", DeliveryChecks::nack);
    confirmed.put("selector", DeliveryChecks::selector);
    confirmed.put("transactions", DeliveryChecks::transactions);
    confirmed.put("browse", DeliveryChecks::browse);
    confirmed.forEach((name, check) -> checks.put(name, check.withReceipts()));
    return checks;
  }

  private ExitCode report(Doctor doctor) {
    int failed = doctor.count(Finding.Result.FAIL);
    if (failed == 0) {
      return ExitCode.OK;
    }
    environment.tell(failed + (failed == 1 ? " check" : " checks") + " failed");
    return ExitCode.PARTLY_DONE;
  }
}
