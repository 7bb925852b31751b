package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.client.transport.TestCertificates;
import io.stompbox.client.transport.TlsOptions;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.testkit.ScriptedBroker;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings as text: in a URI, a map and a properties file. */
class ClientSettingTest {
  private static final String URI = "stomp://127.0.0.1:1";

  @TempDir private static Path certificates;
  @TempDir private Path folder;

  /** What names files, and their passwords. */
  private static final Set<ClientSetting> FILES =
      EnumSet.of(
          ClientSetting.TLS_TRUST,
          ClientSetting.TLS_TRUST_PASSWORD,
          ClientSetting.TLS_CERTIFICATE,
          ClientSetting.TLS_KEY,
          ClientSetting.TLS_KEY_PASSWORD);

  /** What means nothing without another one. */
  private static final Set<ClientSetting> DEPENDENT =
      EnumSet.of(ClientSetting.PROXY_LOGIN, ClientSetting.PROXY_PASSWORD);

  /** A value for each other that is not the default. */
  private static final Map<ClientSetting, String> OTHERS = others();

  private static Map<ClientSetting, String> others() {
    Map<ClientSetting, String> others = new HashMap<>();
    for (ClientSetting setting : EnumSet.complementOf(EnumSet.copyOf(FILES))) {
      String value =
          switch (setting) {
            case VERSIONS -> "1.1/1.2";
            case CONTENT_LENGTH -> "omitted";
            case OPENING -> "stomp";
            case TLS_MINIMUM -> "1.3";
            case ALLOW_PLAIN_AFTER_TLS -> "true";
            case LOOPBACK -> "tried-before";
            case PROXY -> "socks5://[::1]:1080";
            case SOCKET_LOCAL_ADDRESS -> "127.0.0.1:0";
            case SOCKET_KEEP_ALIVE -> "off";
            case SOCKET_RECEIVE_BUFFER, SOCKET_SEND_BUFFER -> "64KiB";
            case SOCKET_FAMILY -> "ipv4-first";
            case MODE -> "strict";
            case PROFILE -> "artemis";
            case HEART_BEAT_SEND_AFTER -> "0.25";
            case HEART_BEAT_GIVE_UP_AFTER -> "3";
            default -> setting.key().startsWith("most.") ? "7" : duration(setting) ? "7s" : "other";
          };
      others.put(setting, value);
    }
    return others;
  }

  private static boolean duration(ClientSetting setting) {
    return setting.key().startsWith("timeout.") || setting.key().startsWith("heartBeat.");
  }

  static Stream<ClientSetting> withoutFiles() {
    return OTHERS.keySet().stream().filter(setting -> !DEPENDENT.contains(setting)).sorted();
  }

  @ParameterizedTest
  @MethodSource("withoutFiles")
  void eachChangesSomethingAndItsDefaultNothing(ClientSetting setting) {
    String standard = shown(StompClient.builder(URI));
    String value = OTHERS.getOrDefault(setting, "");

    assertThat(shown(StompClient.builder(URI).settings(Map.of(setting.key(), value))))
        .as(setting.key())
        .isNotEqualTo(standard);
    if (!setting.byDefault().isEmpty()) {
      assertThat(
              shown(StompClient.builder(URI).settings(Map.of(setting.key(), setting.byDefault()))))
          .as(setting.key())
          .isEqualTo(standard);
    }
  }

  @Test
  void allTogetherMeanTheSameInAUriAMapAndAFile() throws Exception {
    Map<String, String> all = new HashMap<>(Map.of("reconnect", "stompPy", "randomize", "true"));
    OTHERS.forEach((setting, value) -> all.put(setting.key(), value));
    List<String> pairs = new ArrayList<>();
    all.forEach((name, value) -> pairs.add(name + "=" + value));
    Path file = Files.write(folder.resolve("client.properties"), pairs);

    String expected = shown(StompClient.builder(URI).settings(all));

    assertThat(shown(StompClient.builder(URI).settings(file))).isEqualTo(expected);
    assertThat(shown(StompClient.builder(URI + "?" + String.join("&", pairs)))).isEqualTo(expected);
    assertThat(expected)
        .contains(
            "order=RANDOM", "localFirst=true", "Artemis", "host=::1, port=1080", "name=other");
  }

  /** Credentials stand behind a supplier, so what it gives is shown. */
  private static String shown(StompClientBuilder builder) {
    var credentials = builder.connectOptions().credentials();
    ConnectOptions options = builder.connectOptions();
    return String.join(
        " ",
        credentials == null ? "none" : credentials.get().login() + credentials.get().passcode(),
        options.offer().toString(),
        options.timeouts().toString(),
        options.limits().toString(),
        options.mode().toString(),
        options.mixture().toString(),
        builder.bounds().toString(),
        builder.transports().toString(),
        builder.options().contentLength().toString(),
        builder.options().reconnect().toString(),
        String.valueOf(builder.options().profile()),
        builder.options().duplicates().toString(),
        String.valueOf(builder.options().repeatMark()));
  }

  static Stream<Arguments> files() throws Exception {
    Path folder = Files.createTempDirectory(certificates, "files");
    TestCertificates made = TestCertificates.in(folder);
    String password = TestCertificates.PASSWORD;
    Path pem = made.pem("client");
    Path key = made.keyPem("client");
    Path pkcs12 = made.keyPkcs12("client");
    TlsOptions defaults = TlsOptions.defaults();
    return Stream.of(
        Arguments.of(
            Map.of("tls.trust", made.pem("authority").toString()),
            defaults.withTrustFromPem(made.pem("authority"))),
        Arguments.of(
            Map.of(
                "tls.trust",
                made.trustPkcs12("authority").toString(),
                "tls.trustPassword",
                password),
            defaults.withTrustFromPkcs12(made.trustPkcs12("authority"), password.toCharArray())),
        Arguments.of(
            Map.of("tls.certificate", pem.toString(), "tls.key", key.toString()),
            defaults.withCertificateFromPem(pem, key)),
        Arguments.of(
            Map.of("tls.certificate", pkcs12.toString(), "tls.keyPassword", password),
            defaults.withCertificateFromPkcs12(pkcs12, password.toCharArray())));
  }

  @ParameterizedTest
  @MethodSource("files")
  void filesOfTlsAreReadAtOnce(Map<String, String> settings, TlsOptions expected) {
    assertThat(StompClient.builder(URI).settings(settings).transports().tls()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "tls.trust=/no/such.pem, /no/such.pem",
    "tls.certificate=/no/such.p12&tls.keyPassword=hidden, /no/such.p12",
    "tls.key=/no/such.pem, 'tls.certificate'"
  })
  void aFileOfTlsThatIsMissingIsNamedAtOnce(String query, String named) {
    assertThatThrownBy(() -> StompClient.builder(URI + "?" + query))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named)
        .satisfies(refused -> assertThat(refused.toString()).doesNotContain("hidden"));
  }

  @Test
  void whatIsSetLaterTakesThePlaceOfWhatWasSetBefore() {
    StompClientBuilder builder =
        StompClient.builder(URI + "?timeout.receipt=1s&heartBeat.send=1s&allowPlainAfterTls=true")
            .timeouts(Timeouts.defaults().withReceipt(Duration.ofSeconds(2)))
            .settings(Map.of("heartBeat.receive", "3s", "allowPlainAfterTls", "false"));

    assertThat(builder.connectOptions().timeouts().receipt()).isEqualTo(Duration.ofSeconds(2));
    assertThat(builder.connectOptions().offer().heartBeat()).isEqualTo(new HeartBeat(1000, 3000));
    assertThat(builder.connectOptions().mixture()).isEqualTo(TlsMixture.REFUSED);
  }

  @Test
  void partsOfAPolicyAddUp() {
    StompClientBuilder builder =
        StompClient.builder(URI + "?maxReconnectAttempts=3").settings(Map.of("randomize", "false"));

    assertThat(builder.options().reconnect())
        .isEqualTo(
            ReconnectPolicy.activeMq().withRetries(3).with(ReconnectPolicy.BrokerOrder.AS_LISTED));
  }

  static Stream<Map<String, ReconnectPolicy>> policies() {
    return Stream.of(
        Map.of("", ReconnectPolicy.standard()),
        Map.of("?reconnect=never", ReconnectPolicy.never()),
        Map.of("?reconnect=stompPy", ReconnectPolicy.stompPy()),
        Map.of("?maxReconnectAttempts=3", ReconnectPolicy.activeMq().withRetries(3)),
        Map.of(
            "?reconnect=standard&maxReconnectAttempts=3",
            ReconnectPolicy.standard().withRetries(3)));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void reconnectingIsAPolicyByNameWithChanges(Map<String, ReconnectPolicy> cases) {
    cases.forEach(
        (query, policy) ->
            assertThat(StompClient.builder(URI + query).options().reconnect()).isEqualTo(policy));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout.receipt | soon | the setting 'timeout.receipt' can't be 'soon': it must be a duration",
        "timeout.receipt | 0 | the setting 'timeout.receipt' can't be '0': receipt must be longer",
        "most.bodyOctets | 2GiB | it must be less than 2GiB",
        "most.incomingOctets | 17179869185GiB | it must be less than 8589934592GiB",
        "most.bodyOctets | 17179869185GiB | it must be less than 8589934592GiB",
        "most.unconfirmed | -1 | it must be a whole number",
        "most.incomingOctets | 16MB | it must be a number of octets such as",
        "versions | 1.3 | it must be some of 1.0, 1.1 and 1.2",
        "versions | '' | it must be some of 1.0, 1.1 and 1.2",
        "heartBeat.sendAfter | half | it must be a number such as 1.5",
        "heartBeat.sendAfter | 2 | sendAfter must be above 0 and at most 1",
        "mode | loose | it must be one of [tolerant, strict, resynchronising]",
        "mode | resynchronising | a connection ends where the broker breaks the protocol",
        "profile | hornetq | it must be one of [activemq, artemis, auto, generic, rabbitmq, spring]",
        "proxy | proxy:3128 | it must look like http://host:3128 or socks5://host:1080",
        "proxy | http://me:it@proxy:3128 | login and password have settings of their own",
        "proxy.login | me | is set, but not 'proxy'",
        "tls.keyPassword | hidden | but 'tls.certificate' is not; set them in the same place",
        "tls.trustPassword | hidden | but 'tls.trust' is not; set them in the same place",
        "reconnect | always | the setting 'reconnect' can't be 'always': it must be one of",
        "markRepeats | receipt | header 'receipt' is written by the client",
        "duplicateDetection | '' | the name of the header for duplicate ids is empty",
        "maxReconnectAttempts | many | the option 'maxReconnectAttempts' must be a whole number",
        "timeouts.receipt | 1s | the option 'timeouts.receipt' is not known; known are [allow",
      })
  void whatCannotBeReadIsRefusedWithWhatIsPossible(String name, String value, String why) {
    assertThatThrownBy(() -> StompClient.builder(URI).settings(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aClientIdThatIsSetLaterIsTheOnlyOne() {
    StompClientBuilder builder =
        StompClient.builder(URI + "?clientId=till-1").settings(Map.of("clientId", "till-2"));

    assertThat(builder.connectOptions().offer().headers().values("client-id"))
        .containsExactly("till-2");
  }

  @ParameterizedTest
  @CsvSource({
    "http://me:hidden@proxy:3128",
    "me:hidden@proxy:3128",
    "http://me:hid@den@proxy:3128"
  })
  void aPasswordInTheAddressOfAProxyIsNotShown(String address) {
    assertThatThrownBy(() -> StompClient.builder(URI).settings(Map.of("proxy", address)))
        .hasMessageContaining("proxy:3128")
        .satisfies(refused -> assertThat(refused.toString()).doesNotContain("me:", "hid"));
  }

  @Test
  void aPasscodeIsNeverShown() {
    assertThatThrownBy(() -> StompClient.builder(URI + "?passcode=hidden&mode=loose"))
        .satisfies(refused -> assertThat(refused.toString()).doesNotContain("hidden"));
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    Path missing = folder.resolve("none.properties");

    assertThatThrownBy(() -> StompClient.builder(URI).settings(missing))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void whatTheUriSetsIsOnTheWire() throws Exception {
    BlockingQueue<Frame> connects = new LinkedBlockingQueue<>();
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            connects.add(peer.expect("CONNECT"));
            peer.send("CONNECTED\nversion:1.2\n\n^@");
            peer.expectEnd();
          });
      String query = "?versions=1.2&virtualHost=a%2Fb&clientId=c&heartBeat.send=0&login=me";
      try (Connection connection = Connection.open(broker.uri() + query + "&timeout.close=300ms")) {
        Frame connect = connects.poll(10, TimeUnit.SECONDS);

        assertThat(connection.agreement().version()).isEqualTo(Version.V1_2);
        assertThat(connect).isNotNull();
        assertThat(connect.headers())
            .hasToString(
                "[accept-version:1.2, host:a/b, heart-beat:0,10000, login:me, client-id:c]");
      }
    }
  }

  @Test
  void namesAreUniqueAndNoOptionOfAFailoverUri() {
    List<String> keys = Arrays.stream(ClientSetting.values()).map(ClientSetting::key).toList();

    assertThat(keys).doesNotHaveDuplicates();
    assertThat(keys).doesNotContainAnyElementsOf(FailoverUri.optionNames());
  }
}
