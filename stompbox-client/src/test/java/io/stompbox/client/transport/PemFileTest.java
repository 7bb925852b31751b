package io.stompbox.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys as openssl writes them; nobody uses them for anything else. */
class PemFileTest {
  private static final String PLAIN =
      """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAxi9v4QPnu0OieTl
      j18X1WY1kdYEC210B6wtLj5itIqhRANCAAR8ctjbRFnI8233tB4z1iroKQ8Vj/iL
      x2Nru9viO5ebtt6Fgs/JidypLD9+zSxmoJuN7EOsDW6vPf9/xvWA+IKm
      -----END PRIVATE KEY-----
      """;

  /** The same; made with openssl pkcs8 -topk8, and so is the next. */
  static final String ENCRYPTED =
      """
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAh8572Kf0RfCAICCAAw
      DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEMn4aPmlFxF7FlPUAaZNS6gEgZBy
      NaFgTHZFLWQXV5DMubH3hQUj6B0F3rfhik3KZzWrHLSYA4jl8121ooqz/9hR0Ws/
      Iz5xmzUTL7oy9ZXOa8qjHGqK5qETf/mc1E3tozSFD2sCxiFbDNZFP/wX5uHV0BUe
      vIflgK86tm/5IS81Lm9Sf2nu6kkHjh0H4z8jKcpMaRqqYG8BvwxaynV1/YRprZE=
      -----END ENCRYPTED PRIVATE KEY-----
      """;

  private static final String ENCRYPTED_AS_LONG_AGO =
      """
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      MIGxMBwGCiqGSIb3DQEMAQMwDgQIWO+mRv4a8fwCAggABIGQue5fi8Wf5ZgCqaAo
      Zb1nLOeM+FvN9FmAJysEglDbyjsrzHtiwvoxL60T5ZWlj7SCKba/ooksA1poSXHr
      HiJbi815HvHLs60hx6OF7cfRZZtkjtsUpHL37v7PI7T1V27IIZTE7WffpW0o3ko6
      KzyKCLDBqVy6OaYRAL/YS01jH4qJ/sEyl4GN5z8h4hDk28p5
      -----END ENCRYPTED PRIVATE KEY-----
      """;

  @TempDir private Path folder;

  static Stream<String> sameKey() {
    return Stream.of(PLAIN, ENCRYPTED, ENCRYPTED_AS_LONG_AGO, PLAIN.replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @MethodSource("sameKey")
  void aKeyIsReadEncryptedOrNot(String text) throws Exception {
    PrivateKey plain = read("plain.key", PLAIN).privateKey();

    assertThat(read("other.key", text).privateKey("changeit".toCharArray())).isEqualTo(plain);
  }

  private PemFile read(String name, String text) throws Exception {
    return PemFile.read(Files.writeString(folder.resolve(name), text));
  }
}
