package io.stompbox.cli.context;

import java.util.Collections;
import java.util.Iterator;

/**
 * Marks an option or argument that names a context, for the completion of shells: these look
 * themselves which there are, each time.
 */
public final class ContextNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Collections.emptyIterator();
  }
}
