package io.stompbox.client.transport;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is made where an address asks for it. By default the JVM's authorities are trusted, chain
 * and host name are checked, and TLS is 1.2 or newer. Files are read when the options are made, so
 * that one that is missing or damaged is named at once.
 *
 * @param trust who may vouch for a broker
 * @param certificate what is shown to a broker that asks for a certificate; empty shows none, but
 *     what {@code javax.net.ssl.keyStore} says if nothing else is set either
 * @param context takes the place of {@code trust} and {@code certificate}; empty makes one of them
 * @param serverName the name in the greeting (SNI); empty takes the host of the address. A
 *     certificate may be for either
 * @param minimum the oldest version that is spoken
 * @param hostNames whether a certificate must be for the host
 * @param peerCheck a further check, after the others; null for none
 */
public record TlsOptions(
    Trust trust,
    Optional<ClientCertificate> certificate,
    Optional<SSLContext> context,
    Optional<String> serverName,
    TlsVersion minimum,
    HostNames hostNames,
    @Nullable PeerCheck peerCheck) {

  /** Whether a certificate must be for the host that is connected to. */
  public enum HostNames {
    /** It must. */
    CHECKED,
    /** It need not: see {@link TlsOptions#insecurelyAcceptingAnyHostName()}. */
    NOT_CHECKED
  }

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if there is a context beside what it takes the place of, or
   *     the server name is none
   */
  public TlsOptions {
    if (context.isPresent() && (!(trust instanceof Trust.Platform) || certificate.isPresent())) {
      throw new IllegalArgumentException(
          "an SSLContext of your own has trust and client certificate; set them there, or leave the"
              + " context out");
    }
    serverName.ifPresent(TlsOptions::checkName);
  }

  private static void checkName(String name) {
    try {
      new SNIHostName(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a server name: '" + name + "'", e);
    }
  }

  /** The JVM's authorities, no client certificate, TLS 1.2 or newer, everything checked. */
  public static TlsOptions defaults() {
    return new TlsOptions(
        new Trust.Platform(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        TlsVersion.TLS_1_2,
        HostNames.CHECKED,
        null);
  }

  /** Returns them with others who may vouch for a broker. */
  public TlsOptions with(Trust other) {
    return new TlsOptions(other, certificate, context, serverName, minimum, hostNames, peerCheck);
  }

  /**
   * Returns them with trust in the certificates of a PEM file, and in nobody else.
   *
   * @throws IllegalArgumentException if the file can't be read or has none; the message names it
   */
  public TlsOptions withTrustFromPem(Path file) {
    return with(new Trust.Only(PemFile.read(file).certificates()));
  }

  /**
   * Returns them with trust in the trusted certificates of a PKCS#12 file, and in nobody else.
   *
   * @param password of the file; empty if it has none
   * @throws IllegalArgumentException if the file can't be read, the password is wrong or it has no
   *     trusted certificate; the message names it
   */
  public TlsOptions withTrustFromPkcs12(Path file, char[] password) {
    return with(new Trust.Only(KeyStoreFile.read(file, password).trusted()));
  }

  /** Returns them with this certificate for brokers that ask for one. */
  public TlsOptions with(ClientCertificate own) {
    return new TlsOptions(
        trust, Optional.of(own), context, serverName, minimum, hostNames, peerCheck);
  }

  /**
   * Returns them with a client certificate from PEM files: the client's own first, then those that
   * vouch for it.
   *
   * @param key has the private key (PKCS#8, not encrypted); may be the same file
   * @throws IllegalArgumentException if a file can't be read or lacks what is looked for; the
   *     message names it
   */
  public TlsOptions withCertificateFromPem(Path certificates, Path key) {
    return with(
        new ClientCertificate(
            PemFile.read(key).privateKey(), PemFile.read(certificates).certificates()));
  }

  /** As the other, with a key that is encrypted with a password (PBES2, as openssl does). */
  public TlsOptions withCertificateFromPem(Path certificates, Path key, char[] password) {
    return with(
        new ClientCertificate(
            PemFile.read(key).privateKey(password), PemFile.read(certificates).certificates()));
  }

  /**
   * Returns them with the client certificate that a PKCS#12 file has.
   *
   * @param password of the file and the key in it
   * @throws IllegalArgumentException if the file can't be read, the password is wrong, or it has no
   *     private key or several; the message names it
   */
  public TlsOptions withCertificateFromPkcs12(Path file, char[] password) {
    return with(KeyStoreFile.read(file, password).clientCertificate());
  }

  /** Returns them with trust and client certificate from a context of the program's own. */
  public TlsOptions with(SSLContext own) {
    return new TlsOptions(
        trust, certificate, Optional.of(own), serverName, minimum, hostNames, peerCheck);
  }

  /** Returns them with this name in the greeting, where the host of an address is another. */
  public TlsOptions withServerName(String name) {
    return new TlsOptions(
        trust, certificate, context, Optional.of(name), minimum, hostNames, peerCheck);
  }

  /** Returns them with another oldest version. */
  public TlsOptions withMinimum(TlsVersion oldest) {
    return new TlsOptions(trust, certificate, context, serverName, oldest, hostNames, peerCheck);
  }

  /** Returns them with a further check of a broker's certificate, which all others go before. */
  public TlsOptions with(PeerCheck check) {
    return new TlsOptions(trust, certificate, context, serverName, minimum, hostNames, check);
  }

  /**
   * Returns them with certificates accepted for whatever host they are: whoever has a certificate
   * of a trusted authority, for any host, can take the broker's place. Each connection logs a
   * warning.
   */
  public TlsOptions insecurelyAcceptingAnyHostName() {
    return new TlsOptions(
        trust, certificate, context, serverName, minimum, HostNames.NOT_CHECKED, peerCheck);
  }

  /**
   * Returns them with certificates accepted whoever has signed them: anybody on the way can take
   * the broker's place. Host name and {@link PeerCheck} are still looked at. Each connection logs a
   * warning.
   */
  public TlsOptions insecurelyAcceptingAnyCertificate() {
    return with(new Trust.Anybody());
  }

  /** What is not checked, for a warning; empty if everything is. */
  String unchecked() {
    String chain = trust instanceof Trust.Anybody ? "who signed the certificate" : "";
    String host = hostNames == HostNames.NOT_CHECKED ? "which host it is for" : "";
    String and = chain.isEmpty() || host.isEmpty() ? "" : " and ";
    return String.format(Locale.ROOT, "%s%s%s", chain, and, host);
  }
}
