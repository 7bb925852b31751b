package io.stompbox.testkit.script;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a script that is not empty.
 *
 * @param file what the script is called
 * @param number its number, from 1
 * @param text the line without indentation and comment
 * @param words the words of it
 */
record ScriptLine(String file, int number, String text, List<Word> words) {
  ScriptLine {
    words = List.copyOf(words);
  }

  /** Returns the lines of a script that say something. */
  static List<ScriptLine> read(String file, String script) {
    List<ScriptLine> lines = new ArrayList<>();
    int number = 0;
    for (String text : script.lines().toList()) {
      number++;
      ScriptLine line = new ScriptLine(file, number, text.strip(), List.of());
      List<Word> words = new Words(line).split();
      if (!words.isEmpty()) {
        lines.add(new ScriptLine(file, number, line.text(), words));
      }
    }
    return lines;
  }

  String place() {
    return file + ":" + number;
  }

  String first() {
    return words.get(0).text();
  }
}
