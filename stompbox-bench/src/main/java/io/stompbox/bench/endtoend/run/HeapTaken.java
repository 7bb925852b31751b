package io.stompbox.bench.endtoend.run;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * Octets that threads of this JVM have taken from the heap so far.
 *
 * @param byThread those that are alive, by their ids
 */
record HeapTaken(Map<Long, Long> byThread) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static HeapTaken now() {
    long[] ids = THREADS.getAllThreadIds();
    long[] octets = THREADS.getThreadAllocatedBytes(ids);
    Map<Long, Long> all = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      all.put(ids[i], Math.max(0, octets[i]));
    }
    return new HeapTaken(all);
  }

  /** Returns what has been taken since {@code earlier}, but for threads that have ended. */
  long since(HeapTaken earlier) {
    long taken = 0;
    for (Map.Entry<Long, Long> thread : byThread.entrySet()) {
      taken += thread.getValue() - earlier.byThread.getOrDefault(thread.getKey(), 0L);
    }
    return taken;
  }
}
