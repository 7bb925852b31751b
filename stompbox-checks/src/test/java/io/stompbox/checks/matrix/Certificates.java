package io.stompbox.checks.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates of brokers on 127.0.0.1, made by keytool when they are needed, so that none of them
 * runs out by itself.
 */
public final class Certificates {
  /** Of every file. */
  public static final String PASSWORD = "changeit";

  /** What clients trust. */
  private static final String AUTHORITY = "authority";

  private final Path file;

  private Certificates(Path file) {
    this.file = file;
  }

  /** What a broker shows to its clients. */
  public enum Kind {
    /** Signed by the authority, for 127.0.0.1. */
    GOOD("-signer " + AUTHORITY),
    /** The same, but it ran out days ago. */
    EXPIRED("-signer " + AUTHORITY + " -startdate -10d -validity 5"),
    /** Signed by nobody else. */
    SELF_SIGNED("-validity 5");

    private final String options;

    Kind(String options) {
      this.options = options;
    }
  }

  /** Makes an authority and one certificate of each kind. */
  public static Certificates in(Path folder) throws IOException, InterruptedException {
    Certificates made = new Certificates(folder.resolve("keys.p12"));
    made.generate(AUTHORITY, List.of("-ext", "BasicConstraints:critical=ca:true"));
    for (Kind kind : Kind.values()) {
      List<String> options = new ArrayList<>(List.of(kind.options.split(" ")));
      options.addAll(List.of("-ext", "SubjectAlternativeName=ip:127.0.0.1"));
      made.generate(kind.name(), options);
    }
    return made;
  }

  private void generate(String alias, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-genkeypair", "-keyalg", "EC"));
    command.addAll(List.of("-alias", alias, "-dname", "CN=" + alias));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", file.toString()));
    command.addAll(options);
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool made no certificate " + alias + ": " + output);
    }
  }

  /** Returns what a broker with this certificate uses. */
  SSLContext broker(Kind kind) throws GeneralSecurityException, IOException {
    KeyStore all = load();
    KeyStore own = empty();
    char[] password = PASSWORD.toCharArray();
    own.setKeyEntry(
        "own", all.getKey(kind.name(), password), password, all.getCertificateChain(kind.name()));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Returns what a client uses that trusts the authority and nobody else. */
  SSLContext client() throws GeneralSecurityException, IOException {
    KeyStore trusted = empty();
    trusted.setCertificateEntry(AUTHORITY, load().getCertificate(AUTHORITY));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** Writes the authority's certificate to a PEM file. */
  public Path authorityPem() throws GeneralSecurityException, IOException {
    byte[] octets = load().getCertificate(AUTHORITY).getEncoded();
    return Files.writeString(file.resolveSibling("authority.pem"), pem("CERTIFICATE", octets));
  }

  /** Writes a certificate of this kind, without its authority, to a PEM file. */
  public Path certificatePem(Kind kind) throws GeneralSecurityException, IOException {
    byte[] octets = load().getCertificate(kind.name()).getEncoded();
    return Files.writeString(file.resolveSibling(kind + ".pem"), pem("CERTIFICATE", octets));
  }

  /** Writes the private key of a certificate of this kind to a PEM file. */
  public Path keyPem(Kind kind) throws GeneralSecurityException, IOException {
    byte[] octets = load().getKey(kind.name(), PASSWORD.toCharArray()).getEncoded();
    return Files.writeString(file.resolveSibling(kind + ".key"), pem("PRIVATE KEY", octets));
  }

  private static String pem(String label, byte[] octets) {
    String base64 = Base64.getMimeEncoder().encodeToString(octets);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
  }

  /** Writes a PKCS#12 file with the private key and certificate of this kind. */
  public Path keyPkcs12(Kind kind) throws GeneralSecurityException, IOException {
    KeyStore all = load();
    KeyStore own = empty();
    char[] password = PASSWORD.toCharArray();
    own.setKeyEntry(
        "own", all.getKey(kind.name(), password), password, all.getCertificateChain(kind.name()));
    return write(own, file.resolveSibling(kind + ".p12"));
  }

  /** Writes a PKCS#12 file that trusts the authority. */
  public Path trustPkcs12() throws GeneralSecurityException, IOException {
    KeyStore trusted = empty();
    trusted.setCertificateEntry(AUTHORITY, load().getCertificate(AUTHORITY));
    return write(trusted, file.resolveSibling("trust.p12"));
  }

  private static Path write(KeyStore store, Path target)
      throws GeneralSecurityException, IOException {
    try (OutputStream output = Files.newOutputStream(target)) {
      store.store(output, PASSWORD.toCharArray());
    }
    return target;
  }

  /** Listens on a free loopback port, with one of the certificates. */
  SSLServerSocket listen(Kind kind) throws IOException, GeneralSecurityException {
    return (SSLServerSocket)
        broker(kind)
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private KeyStore load() throws GeneralSecurityException, IOException {
    return keyStore(file);
  }

  /** Returns what a PKCS#12 file has. */
  public static KeyStore keyStore(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(file)) {
      store.load(input, PASSWORD.toCharArray());
    }
    return store;
  }
}
