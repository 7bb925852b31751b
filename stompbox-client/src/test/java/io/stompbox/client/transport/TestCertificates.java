package io.stompbox.client.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * An authority, a broker for the host name broker.example, and a client, made by keytool when they
 * are needed, so that none of them runs out by itself.
 */
public final class TestCertificates {
  /** Of all files that have one. */
  public static final String PASSWORD = "changeit";

  private final Path folder;

  private TestCertificates(Path folder) {
    this.folder = folder;
  }

  /** Makes them in a folder. */
  public static TestCertificates in(Path folder) throws IOException, InterruptedException {
    TestCertificates made = new TestCertificates(folder);
    made.generate("authority", "-keyalg", "EC", "-ext", "bc:critical=ca:true");
    made.generate(
        "broker", "-keyalg", "EC", "-signer", "authority", "-ext", "san=dns:broker.example");
    made.generate("client", "-keyalg", "RSA", "-signer", "authority");
    return made;
  }

  private void generate(String alias, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-genkeypair", "-dname", "CN=" + alias));
    command.addAll(List.of("-alias", alias, "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", folder.resolve("all.p12").toString()));
    command.addAll(List.of(options));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool made no certificate " + alias + ": " + output);
    }
  }

  private KeyStore all() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(folder.resolve("all.p12"))) {
      store.load(input, PASSWORD.toCharArray());
    }
    return store;
  }

  ClientCertificate of(String alias) throws IOException, GeneralSecurityException {
    Key key = all().getKey(alias, PASSWORD.toCharArray());
    return new ClientCertificate((PrivateKey) key, chain(alias));
  }

  List<X509Certificate> chain(String alias) throws IOException, GeneralSecurityException {
    return Arrays.stream(all().getCertificateChain(alias))
        .map(X509Certificate.class::cast)
        .toList();
  }

  /** Writes the certificate of one of them, or of several, into a PEM file. */
  public Path pem(String... aliases) throws IOException, GeneralSecurityException {
    StringBuilder text = new StringBuilder("Bag Attributes: none - of - interest\n");
    for (String alias : aliases) {
      for (Certificate certificate : chain(alias)) {
        text.append(part("CERTIFICATE", certificate.getEncoded()));
      }
    }
    return Files.writeString(folder.resolve(String.join("-", aliases) + ".pem"), text);
  }

  /** Writes the private key of one of them into a PEM file. */
  public Path keyPem(String alias) throws IOException, GeneralSecurityException {
    byte[] key = all().getKey(alias, PASSWORD.toCharArray()).getEncoded();
    return Files.writeString(folder.resolve(alias + ".key"), part("PRIVATE KEY", key));
  }

  /** Writes a PKCS#12 file with the certificate of one of them as trusted. */
  public Path trustPkcs12(String alias) throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    store.setCertificateEntry(alias, all().getCertificate(alias));
    return write(store, folder.resolve(alias + "-trust.p12"));
  }

  /** Writes a PKCS#12 file with the private keys of these. */
  public Path keyPkcs12(String... aliases) throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    char[] password = PASSWORD.toCharArray();
    for (String alias : aliases) {
      store.setKeyEntry(
          alias, all().getKey(alias, password), password, all().getCertificateChain(alias));
    }
    return write(store, folder.resolve(String.join("-", aliases) + "-key.p12"));
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Path write(KeyStore store, Path file)
      throws IOException, GeneralSecurityException {
    try (var output = Files.newOutputStream(file)) {
      store.store(output, PASSWORD.toCharArray());
    }
    return file;
  }

  static String part(String label, byte[] octets) {
    String base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(octets);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, base64, label);
  }
}
