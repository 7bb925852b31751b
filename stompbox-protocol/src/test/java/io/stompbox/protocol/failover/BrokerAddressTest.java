package io.stompbox.protocol.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "stomp://h,            TCP, h,             61613",
    "tcp://h,              TCP, h,             61613",
    "stomp+ssl://h,        TLS, h,             61614",
    "stomps://h,           TLS, h,             61614",
    "ssl://h,              TLS, h,             61614",
    "stomp://h:1,          TCP, h,             1",
    "ssl://x:2,            TLS, x,             2",
    "tcp://a:99999,        TCP, a,             99999",
    "tcp://a:00001,        TCP, a,             1",
    "stomp://[::1]:7,      TCP, ::1,           7",
    "stomp://[::1],        TCP, ::1,           61613",
    "ssl://[2001:DB8::a]/, TLS, 2001:DB8::a,   61614",
    "tcp://[::ffff:1.2.3.4]:7, TCP, ::ffff:1.2.3.4, 7",
    "tcp://[fe80::1%eth0]:7, TCP, fe80::1%eth0, 7",
    "tcp://123.456.789.0:61616, TCP, 123.456.789.0, 61616",
    "tcp://my_box-1.local.:7, TCP, my_box-1.local., 7",
    "tcp://bücher.example:7, TCP, bücher.example, 7",
    "stomp://u:p@[::1]:7/v, TCP, ::1,          7",
    "stomp+ws://h,         WEBSOCKET, h,       80",
    "ws://h,               WEBSOCKET, h,       80",
    "ws://h:15674/ws,      WEBSOCKET, h,       15674",
    "ws://h?a=b,           WEBSOCKET, h,       80",
    "stomp+wss://h,        SECURE_WEBSOCKET, h, 443",
    "wss://u:p@[::1]:7/v,  SECURE_WEBSOCKET, ::1, 7",
    "stomp+unix:///a/b,    UNIX, localhost,    0",
  })
  void readsSchemeHostAndPort(String text, Scheme scheme, String host, int port) {
    BrokerAddress address = BrokerAddress.parse(text);

    assertThat(address.scheme()).isEqualTo(scheme);
    assertThat(address.host()).isEqualTo(host);
    assertThat(address.port()).isEqualTo(port);
  }

  @Test
  void aUnixDomainSocketHasAPathAndPerhapsCredentialsButNoHost() {
    BrokerAddress address = BrokerAddress.parse("stomp+unix://u:p@/run/my%20broker.sock");

    assertThat(address.socketPath()).hasValue("/run/my broker.sock");
    assertThat(address.login()).hasValue("u");
    assertThat(address.virtualHost()).isEmpty();
    assertThat(address).hasToString("stomp+unix:///run/my%20broker.sock");
    assertThat(address).isNotEqualTo(BrokerAddress.parse("stomp+unix://u:p@/run/other.sock"));
    assertThat(BrokerAddress.parse("stomp://h/run").socketPath()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"stomp+unix:///run/a%00b", "stomp+unix:///run/a%0Ab", "stomp+unix:///%1Ba"})
  void controlCharactersInThePathOfASocketAreRefused(String text) {
    assertThatThrownBy(() -> BrokerAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("control characters in the path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stomp+unix://host/run/a", "stomp+unix://", "stomp+unix:///"})
  void aUnixDomainSocketWithoutAPathOrWithAHostIsRefused(String text) {
    assertThatThrownBy(() -> BrokerAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("absolute path and no host: stomp+unix:///run/broker.sock");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "-",
      value = {
        "stomp://h,                    -,       -",
        "stomp://u@h,                  u,       -",
        "stomp://u:p@h,                u,       p",
        "stomp://u:@h,                 u,       ''",
        "stomp://:p@h,                 '',      p",
        "stomp://@h,                   '',      -",
        "stomp://u:p:q@h,              u,       p:q",
        "stomp://u:p@q@h,              u,       p@q",
        "stomp://%75%3A:%70%40%2f@h,   u:,      p@/",
        "stomp://u:%2541@h,            u,       %41",
        "stomp://u:a+b@h,              u,       a+b",
        "stomp://u:%C3%bc%F0%9F%90%8C@h, u,     ü🐌",
        "stomp://u:ü%20🐌@h,           u,       ü 🐌",
        "stomp://u:p#(&)=@h,           u,       p#(&)=",
        "stomp://u:%5B%00%0A@h,        u,       '[\0\n'",
      })
  void decodesLoginAndPasscodeOnce(String text, String login, String passcode) {
    BrokerAddress address = BrokerAddress.parse(text);

    assertThat(address.host()).isEqualTo("h");
    assertThat(address.login().orElse(null)).isEqualTo(login);
    assertThat(address.passcode().orElse(null)).isEqualTo(passcode);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "-",
      value = {
        "stomp://h,           -",
        "stomp://h/,          ''",
        "stomp://h:1/dev,     dev",
        "stomp://h/%2F,       /",
        "stomp://h//,         /",
        "stomp://h/a/b,       a/b",
        "stomp://h/%252F,     %2F",
        "stomp://h/a%40b,     a@b",
        "stomp://u:p@h/a:b,   a:b",
      })
  void pathIsTheVirtualHost(String text, String name) {
    BrokerAddress address = BrokerAddress.parse(text);

    assertThat(address.virtualHost().orElse(null)).isEqualTo(name);
    assertThat(address.requestTarget()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ws://h,                    /",
    "ws://h/,                   /",
    "ws://h:1/ws,               /ws",
    "wss://h/a/b%20c%2F,        /a/b%20c%2F",
    "ws://h/ws?token=a/b?c&d=e, /ws?token=a/b?c&d=e",
    "ws://h?a=b,                /?a=b",
  })
  void pathAndQueryOfAWebSocketAreThoseOfItsRequest(String text, String target) {
    BrokerAddress address = BrokerAddress.parse(text);

    assertThat(address.requestTarget()).hasValue(target);
    assertThat(address.virtualHost()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> BrokerAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message)
        .hasNoCause();
  }

  static Stream<Arguments> faults() {
    String form = "it must look like stomp://host:port";
    String scheme =
        "its scheme is not one of [stomp, tcp, stomp+ssl, stomps, ssl, stomp+ws, ws,"
            + " stomp+wss, wss, stomp+unix]";
    String missing = "the host is missing";
    String host =
        "a host has letters, digits, '-', '_' and '.'; an IPv6 address stands in brackets:"
            + " stomp://[::1]:61613";
    String port = "the port must be a number of at most five digits";
    String slash =
        "'@', ',', '(' and ')' behind the first '/' must be percent-encoded, and so must a '/' in"
            + " login or passcode";
    String special =
        "what is special in the path or query of a WebSocket address must be percent-encoded";
    String percent = "a '%' must be followed by two hexadecimal digits";
    String blank =
        "blanks and control characters must not stand between its parts, and be percent-encoded"
            + " inside them";
    return Stream.of(
        fault("", form),
        fault("localhost:61613", form),
        fault("tcp:localhost:61613", form),
        fault("tcp:/localhost", form),
        fault("://h:1", form),
        fault("udp://a:1", scheme),
        fault("TCP://a:1", scheme),
        fault("failover:tcp://a:1", scheme),
        fault("tcp://", missing),
        fault("tcp://:61613", missing),
        fault("tcp:///vhost", missing),
        fault("tcp://h:", port),
        fault("tcp://h:x", port),
        fault("tcp://h:-1", port),
        fault("tcp://h:+1", port),
        fault("tcp://h:123456", port),
        fault("tcp://h:٣", port),
        fault("tcp://h:1#x", port),
        fault("tcp://[::1]:x", port),
        fault("tcp://::1:61613", host),
        fault("tcp://::1", host),
        fault("tcp://h:1:2", host),
        fault("tcp://[::1", host),
        fault("tcp://::1]", host),
        fault("tcp://[]:1", host),
        fault("tcp://[h]:1", host),
        fault("tcp://[::1]x:1", host),
        fault("tcp://[::1]x", host),
        fault("tcp://[::1]:7:8", host),
        fault("tcp://[[::1]]", host),
        fault("tcp://(h:1", host),
        fault("tcp://a,b", host),
        fault("tcp://h%20:1", host),
        hidden(
            "tcp://h?a=b",
            "tcp://h?***",
            "options go behind the last address: failover:(a,b)?name=value"),
        fault("tcp://h/a,b", slash),
        fault("tcp://h/(a", slash),
        fault("tcp://h/a)", slash),
        fault(" tcp://h", blank),
        fault("tcp://h /v", blank),
        fault("tcp://h/%", percent),
        fault("tcp://h/%2", percent),
        fault("tcp://h/%2x", percent),
        fault("tcp://h/%x2", percent),
        fault("tcp://h/a%FF", "what is percent-encoded must be UTF-8"),
        fault("tcp://h/%2F\ud800", "what is percent-encoded must be UTF-8"),
        fault("ws://h/a b", blank),
        fault("ws://h/a#b", special),
        fault("ws://h/a%2x", special),
        fault("ws://h/\u00fc", special),
        fault("ws://h/a,b", slash),
        hidden("ws://?a=b", "ws://?***", missing),
        hidden("ws://h?token=a#b", "ws://h?***", special),
        hidden("WS://h?token=a", "WS://h?***", scheme),
        hidden("https://h/ws?token=a", "https://h/ws?***", scheme),
        hidden("ws:/h?token=a", "ws:/h?***", form),
        hidden("ws://u:12/q@h", "ws://***@h", slash),
        hidden("wss://u:1?q@h", "wss://***@h", slash),
        hidden("tcp://h\n/v", "tcp://h?/v", blank),
        hidden("tcp://h/\u009b\u2028", "tcp://h/??", blank),
        hidden("tcp://u:p q@h", "tcp://***@h", blank),
        hidden("tcp://u:p@:1", "tcp://***@:1", missing),
        hidden("tcp://u:p@h:x", "tcp://***@h:x", port),
        hidden("tcp://u:p/q@h", "tcp://***@h", slash),
        hidden("tcp://u:12/q@h", "tcp://***@h", slash),
        hidden("tcp://u:p%q@h", "tcp://***@h", percent),
        hidden("tcp://u:p@q:r@[h", "tcp://***@[h", host),
        hidden("tcp:u:p@h:1", "***@h:1", form),
        hidden("u:p@h:1", "***@h:1", form),
        hidden("u:p@tcp://h:1", "***@tcp://h:1", scheme),
        hidden("p//q@h:1", "***@h:1", form));
  }

  private static Arguments fault(String text, String why) {
    return hidden(text, text, why);
  }

  private static Arguments hidden(String text, String shown, String why) {
    return Arguments.of(text, "not a broker address: '" + shown + "': " + why);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "stomp://h,                        stomp://h:61613",
    "tcp://h:1,                        tcp://h:1",
    "stomp+ssl://h,                    stomp+ssl://h:61614",
    "ssl://login:secret@h/dev,         ssl://h:61614/dev",
    "stomp://login:secret@[::1]:7/,    stomp://[::1]:7/",
    "stomp://login@h/%2Fa%40%0A,       stomp://h:61613/%2Fa%40%0A",
    "ws://login:secret@h/ws/%2F,       ws://h:80/ws/%2F",
    "stomp+wss://h?token=secret,       stomp+wss://h:443?***",
    "wss://h:1/ws?token=secret,        wss://h:1/ws?***",
  })
  void showsItselfWithoutCredentialsAndAsItWasWritten(String text, String shown) {
    BrokerAddress address = BrokerAddress.parse(text);

    assertThat(address).hasToString(shown);
    assertThat(BrokerAddress.parse(shown)).hasToString(shown);
    assertThat(BrokerAddress.parse(shown).virtualHost()).isEqualTo(address.virtualHost());
  }

  @ParameterizedTest(name = "{0} is not {1}")
  @CsvSource({
    "stomp://h, ssl://h",
    "stomp://h, stomp://i",
    "stomp://h, stomp://h:1",
    "stomp://h, stomp://h/",
    "stomp://h, stomp://u@h",
    "stomp://u@h, stomp://v@h",
    "stomp://u:p@h, stomp://u:q@h",
    "ws://h:1/a, ws://h:1/b",
    "ws://h:1/a, ws://h:1/a?b",
    "ws://h:1/a, wss://h:1/a",
  })
  void differsInEachOfItsParts(String one, String other) {
    assertThat(BrokerAddress.parse(one)).isNotEqualTo(BrokerAddress.parse(other));
  }

  @ParameterizedTest
  @CsvSource({
    "TCP,              false, false",
    "TLS,              true,  false",
    "WEBSOCKET,        false, true",
    "SECURE_WEBSOCKET, true,  true",
  })
  void aSchemeSaysWhatItMeans(Scheme scheme, boolean secure, boolean webSocket) {
    assertThat(scheme.isSecure()).isEqualTo(secure);
    assertThat(scheme.isWebSocket()).isEqualTo(webSocket);
  }

  @Test
  void isEqualHoweverItIsWritten() {
    BrokerAddress one = BrokerAddress.parse("tcp://%75:p@h/a");
    BrokerAddress other = BrokerAddress.parse("stomp://u:%70@h:61613/%61");

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "LOCALHOST, true",
    "a.localhost, true",
    "127.0.0.1, true",
    "127.1.2.3, true",
    "::1, true",
    "0:0:0:0:0:0:0:1, true",
    "localhost.example, false",
    "127.example, false",
    "127.0.0.1.example, false",
    "1.127.0.0, false",
    "::11, false",
    "broker, false"
  })
  void namesOfLoopbackAreToldWithoutLookingThemUp(String host, boolean expected) {
    assertThat(BrokerAddress.isLoopbackName(host)).isEqualTo(expected);
  }
}
