package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.Case;
import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Mismatch;
import io.stompbox.checks.conformance.kit.Run;
import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.frame.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs a script once for each version and mode. */
record SessionCase(List<Version> versions, List<DecoderMode> modes, Config config, List<Json> steps)
    implements Case {
  /** What happens only where there are threads, sockets and a client that reconnects by itself. */
  private static final Set<String> CLIENT_CALLS = Set.of("send_text", "send_many", "send_parallel");

  private static final Set<String> CLIENT_WORDS =
      Set.of("logs_lack", "no_connect_attempt", "connect_attempts", "supplier_called_times");

  @Override
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (Version version : versions) {
      modes.forEach(mode -> runs.add(run(version, driver(mode))));
    }
    return runs;
  }

  /** The client has no strict mode. */
  private Driver driver(DecoderMode mode) {
    if (!needsClient()) {
      return new SessionDriver(config, mode);
    }
    if (mode == DecoderMode.STRICT) {
      throw Texts.cannot("a strict client with threads and sockets");
    }
    return new ClientDriver(config);
  }

  private boolean needsClient() {
    boolean connected = false;
    for (Json step : steps) {
      Json.Fields fields = Json.as(Json.Fields.class, "steps", step);
      String call = fields.has("do") ? fields.text("do") : "";
      boolean early = !connected && fields.flag("async_") && !call.equals("connect");
      if (early || isClients(fields, call)) {
        return true;
      }
      connected |= fields.has("handshake") || fields.has("srv");
    }
    return config.isClients();
  }

  private static boolean isClients(Json.Fields step, String call) {
    return CLIENT_CALLS.contains(call)
        || step.has("handler")
        || step.members().keySet().stream().anyMatch(CLIENT_WORDS::contains);
  }

  private Run run(Version version, Driver driver) {
    String way = version + ", " + driver;
    try (driver) {
      new Script(driver, version).runToEnd(steps);
      return new Run(way, true, "", "");
    } catch (Mismatch e) {
      return new Run(way, false, e.expected(), e.actual());
    } catch (CaseFormatException e) {
      return new Run(way, false, "a case that can be run", e.complaint());
    }
  }
}
