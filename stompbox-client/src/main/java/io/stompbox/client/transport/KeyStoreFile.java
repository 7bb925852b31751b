package io.stompbox.client.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What a PKCS#12 file has. */
final class KeyStoreFile {
  private final Path file;
  private final KeyStore store;
  private final char[] password;

  private KeyStoreFile(Path file, KeyStore store, char[] password) {
    this.file = file;
    this.store = store;
    this.password = password;
  }

  static KeyStoreFile read(Path file, char[] password) {
    byte[] octets = PemFile.octets(file);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(octets), password);
      return new KeyStoreFile(file, store, password);
    } catch (IOException e) {
      throw PemFile.bad(
          file,
          e.getCause() instanceof UnrecoverableKeyException
              ? "does not open with this password"
              : "is no PKCS#12 file: " + e.getMessage(),
          e);
    } catch (GeneralSecurityException e) {
      throw PemFile.bad(file, "can't be read: " + e.getMessage(), e);
    }
  }

  /** Returns its trusted certificates, at least one. */
  List<X509Certificate> trusted() {
    List<X509Certificate> found = new ArrayList<>();
    try {
      for (String alias : Collections.list(store.aliases())) {
        if (store.isCertificateEntry(alias)
            && store.getCertificate(alias) instanceof X509Certificate certificate) {
          found.add(certificate);
        }
      }
    } catch (GeneralSecurityException e) {
      throw PemFile.bad(file, "can't be read: " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "the file "
              + file.toAbsolutePath()
              + " has no certificate that is marked as trusted; import it with keytool"
              + " -importcert, or use a PEM file");
    }
    return found;
  }

  /** Returns its only private key with its certificates. */
  ClientCertificate clientCertificate() {
    try {
      List<String> keys = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          keys.add(alias);
        }
      }
      if (keys.size() != 1) {
        throw new IllegalArgumentException(
            "the file "
                + file.toAbsolutePath()
                + " must have one private key, but has "
                + (keys.isEmpty() ? "none" : keys.toString()));
      }
      PrivateKey key = (PrivateKey) store.getKey(keys.get(0), password);
      return new ClientCertificate(key, chain(store.getCertificateChain(keys.get(0))));
    } catch (GeneralSecurityException e) {
      throw PemFile.bad(file, "has a key that does not open with this password", e);
    }
  }

  private static List<X509Certificate> chain(Certificate... certificates) {
    return Arrays.stream(certificates).map(X509Certificate.class::cast).toList();
  }
}
