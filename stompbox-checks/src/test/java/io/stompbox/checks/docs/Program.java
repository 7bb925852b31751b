package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** A program that a document shows: compiled as it stands there, and run. */
record Program(Path folder, String className) {
  /** Compiles the source of a public class; what the compiler complains of fails the test. */
  static Program compile(Path folder, String className, String source) throws IOException {
    Path file = Files.writeString(folder.resolve(className + ".java"), source);
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    String here = folder.toString();
    // Jars of the class path have sources too, which the compiler would take for the program's.
    int errors =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, complaints, "-sourcepath", here, "-d", here, file.toString());
    assertThat(errors).as("errors in %s: %s\n%s", className, complaints, source).isZero();
    return new Program(folder, className);
  }

  /** Runs the main method and returns what it printed. */
  String run(String... arguments) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      with(type -> type.getMethod("main", String[].class).invoke(null, (Object) arguments));
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** What is done with the class. */
  interface Use {
    void of(Class<?> type) throws Exception;
  }

  /** Loads the class, for as long as it is used. */
  void with(Use use) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      use.of(loader.loadClass(className));
    }
  }
}
