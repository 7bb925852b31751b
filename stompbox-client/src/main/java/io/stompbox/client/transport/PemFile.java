package io.stompbox.client.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** What a PEM file has (RFC 7468), in its order; text between the parts is passed over. */
final class PemFile {
  private static final Pattern PART =
      Pattern.compile("-----BEGIN ([^-\\r\\n]+)-----([^-]*)-----END \\1-----");
  private static final List<String> KEY_KINDS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
  private static final String PBES2 = "1.2.840.113549.1.5.13";

  private static final String PLAIN_KEY = "PRIVATE KEY";
  private static final String ENCRYPTED_KEY = "ENCRYPTED PRIVATE KEY";

  /** For messages. */
  private final Path file;

  private final List<Part> parts;

  private PemFile(Path file, List<Part> parts) {
    this.file = file;
    this.parts = parts;
  }

  /** One part; its octets may be a secret. */
  private static final class Part {
    private final String label;
    private final byte[] octets;

    Part(String label, byte[] octets) {
      this.label = label;
      this.octets = octets;
    }
  }

  static PemFile read(Path file) {
    String text = new String(octets(file), StandardCharsets.ISO_8859_1);
    List<Part> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(text);
    while (matcher.find()) {
      try {
        byte[] octets = Base64.getMimeDecoder().decode(matcher.group(2).strip());
        parts.add(new Part(matcher.group(1), octets));
      } catch (IllegalArgumentException e) {
        throw bad(file, "has a " + matcher.group(1) + " that is not Base64", e);
      }
    }
    return new PemFile(file, parts);
  }

  /** Returns the content of a file with keys or certificates. */
  static byte[] octets(Path file) {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("there is no file " + file.toAbsolutePath());
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw bad(file, "can't be read: " + e, e);
    }
  }

  static IllegalArgumentException bad(Path file, String why, Throwable cause) {
    return new IllegalArgumentException("the file " + file.toAbsolutePath() + " " + why, cause);
  }

  private IllegalArgumentException bad(String why) {
    return new IllegalArgumentException("the file " + file.toAbsolutePath() + " " + why);
  }

  /** Returns its certificates, at least one. */
  List<X509Certificate> certificates() {
    List<X509Certificate> found = new ArrayList<>();
    for (Part part : parts) {
      if (part.label.equals("CERTIFICATE") || part.label.equals("X509 CERTIFICATE")) {
        found.add(certificate(part.octets));
      }
    }
    if (found.isEmpty()) {
      throw bad("has no certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----");
    }
    return found;
  }

  private X509Certificate certificate(byte[] octets) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(octets));
    } catch (CertificateException e) {
      throw bad(file, "has a certificate that is damaged: " + e.getMessage(), e);
    }
  }

  /** Returns its only private key, which must not be encrypted. */
  PrivateKey privateKey() {
    Part part = keyPart();
    if (part.label.equals(ENCRYPTED_KEY)) {
      throw bad("has an encrypted private key; give its password too");
    }
    return plainKey(part.octets);
  }

  /** Returns its only private key, encrypted with this password or not at all. */
  PrivateKey privateKey(char[] password) {
    Part part = keyPart();
    return plainKey(part.label.equals(ENCRYPTED_KEY) ? decrypt(part, password) : part.octets);
  }

  private Part keyPart() {
    List<Part> keys = parts.stream().filter(part -> part.label.endsWith(PLAIN_KEY)).toList();
    if (keys.size() != 1) {
      throw bad(
          keys.isEmpty()
              ? "has no private key in PEM form, which begins with -----BEGIN PRIVATE KEY-----"
              : "has " + keys.size() + " private keys; one was expected");
    }
    Part key = keys.get(0);
    if (!key.label.equals(PLAIN_KEY) && !key.label.equals(ENCRYPTED_KEY)) {
      throw bad(
          "has a "
              + key.label
              + ", but PKCS#8 is needed; convert it: openssl pkcs8 -topk8 -in OLD -out NEW");
    }
    return key;
  }

  private byte[] decrypt(Part part, char[] password) {
    try {
      EncryptedPrivateKeyInfo sealed = new EncryptedPrivateKeyInfo(part.octets);
      // For PBES2 the JDK has the whole name in the parameters only.
      String name = sealed.getAlgName();
      String algorithm =
          name.equals("PBES2") || name.equals(PBES2) ? sealed.getAlgParameters().toString() : name;
      SecretKey secret =
          SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password));
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, secret, sealed.getAlgParameters());
      return sealed.getKeySpec(cipher).getEncoded();
    } catch (InvalidKeySpecException e) {
      throw bad(file, "has a private key that this password does not open", e);
    } catch (IOException | GeneralSecurityException e) {
      throw bad(file, "has a private key that the JDK can't decrypt: " + e.getMessage(), e);
    }
  }

  private PrivateKey plainKey(byte[] octets) {
    for (String kind : KEY_KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(octets));
      } catch (GeneralSecurityException anotherKind) {
        // The next one is tried.
      }
    }
    throw bad("has a private key that is damaged or of none of the kinds " + KEY_KINDS);
  }
}
