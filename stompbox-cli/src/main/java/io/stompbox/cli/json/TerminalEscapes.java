package io.stompbox.cli.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/** Escapes DEL and the control characters of ISO 6429 too, which some terminals take for ESC [. */
final class TerminalEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1L;
  private static final int DELETE = 0x7f;
  private static final int FIRST = 0x80;
  private static final int LAST = 0x9f;

  @Override
  public int[] getEscapeCodesForAscii() {
    int[] codes = standardAsciiEscapesForJSON();
    codes[DELETE] = ESCAPE_STANDARD;
    return codes;
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int character) {
    return character >= FIRST && character <= LAST
        ? new SerializedString("\\u00" + Integer.toHexString(character))
        : null;
  }
}
