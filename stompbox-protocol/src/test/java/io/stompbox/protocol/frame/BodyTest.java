package io.stompbox.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
  @Test
  void isACopyOfTheOctets() {
    byte[] octets = {1, 2, 3};
    Body body = Body.of(octets);
    octets[0] = 9;
    body.toBytes()[1] = 9;

    assertThat(body.toBytes()).containsExactly(1, 2, 3);
  }

  @Test
  void keepsAPartOfAnArrayThatWasGivenAway() {
    Body body = Body.wrap(new byte[] {0, 1, 2, 3, 4}, 1, 3);
    byte[] target = new byte[5];
    body.copyTo(target, 2);

    assertThat(body.toBytes()).containsExactly(1, 2, 3);
    assertThat(body.at(2)).isEqualTo((byte) 3);
    assertThat(body.hasNul()).isFalse();
    assertThat(target).containsExactly(0, 0, 1, 2, 3);
    assertThat(body.asByteBuffer().remaining()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"-1, 2", "0, -1", "0, 4", "3, 1", "2147483647, 2147483647"})
  void refusesAPartOutsideOfTheArray(int offset, int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Body.wrap(new byte[3], offset, size))
        .withMessage("offset=" + offset + " size=" + size + " is outside of an array of 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3})
  void refusesAnIndexOutsideOfIt(int index) {
    Body body = Body.wrap(new byte[] {0, 1, 2, 3, 4}, 1, 3);

    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> body.at(index))
        .withMessage("index " + index + " of a body of 3 octets");
  }

  @Test
  void viewsCannotChangeIt() {
    assertThatExceptionOfType(ReadOnlyBufferException.class)
        .isThrownBy(() -> Body.of("a").asByteBuffer().put((byte) 'b'));
  }

  @Test
  void withoutOctetsThereIsOne() {
    assertThat(Body.of(new byte[0])).isSameAs(Body.empty());
    assertThat(Body.of("")).isSameAs(Body.empty());
    assertThat(Body.wrap(new byte[4], 2, 0)).isSameAs(Body.empty());
    assertThat(Body.empty().isEmpty()).isTrue();
    assertThat(Body.empty().text()).isEmpty();
  }

  @Test
  void equalsByOctets() {
    Body part = Body.wrap("xabcx".getBytes(StandardCharsets.US_ASCII), 1, 3);

    assertThat(part).isEqualTo(Body.of("abc")).hasSameHashCodeAs(Body.of("abc"));
    assertThat(part).isNotEqualTo(Body.of("abd")).isNotEqualTo(Body.of("ab"));
  }

  @Test
  void holdsTextAsUtf8UnlessToldOtherwise() {
    assertThat(Body.of("é").toBytes()).containsExactly(0xc3, 0xa9);
    assertThat(Body.of("é", StandardCharsets.ISO_8859_1).toBytes()).containsExactly(0xe9);
    assertThat(Body.of("é").text()).isEqualTo("é");
    assertThat(Body.of(new byte[] {(byte) 0xe9}).text(StandardCharsets.ISO_8859_1)).isEqualTo("é");
  }

  @Test
  void replacesWhatIsNotUtf8() {
    assertThat(Body.of(new byte[] {'a', (byte) 0xff, 'b'}).text()).isEqualTo("a\ufffdb");
  }

  @ParameterizedTest
  @CsvSource({"'\ud800', 0", "'ab\udc00', 2", "'\ud83d\ude00\ud83d', 2", "'\ud83d\ud83d\ude00', 0"})
  void refusesASurrogateWithoutItsPartner(String text, int index) {
    assertThat(Body.unpairedSurrogate(text)).isEqualTo(index);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Body.of(text))
        .withMessage("the text has a surrogate without its partner at index " + index);
  }

  @Test
  void takesSurrogatesInPairs() {
    assertThat(Body.unpairedSurrogate("a\ud83d\ude00\udbff\udfffb")).isEqualTo(-1);
    assertThat(Body.of("\ud83d\ude00").size()).isEqualTo(4);
  }

  @Test
  void knowsWhetherThereIsANul() {
    assertThat(Body.of("a\0").hasNul()).isTrue();
    assertThat(Body.of("a").hasNul()).isFalse();
    assertThat(Body.wrap(new byte[] {0, 'a', 0}, 1, 1).hasNul()).isFalse();
  }

  @Test
  void showsItsSizeAndNeverItsContent() {
    assertThat(Body.of("secret")).hasToString("6 octets");
    assertThat(Body.of("s")).hasToString("1 octet");
  }
}
