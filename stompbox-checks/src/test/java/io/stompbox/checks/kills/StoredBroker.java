package io.stompbox.checks.kills;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.store.kahadb.disk.journal.Journal.JournalDiskSyncStrategy;

/**
 * A Java broker that stores what it confirms, fsync included. Its main method is that of its
 * process, which lives until it is killed or its standard input ends, so never longer than its
 * parent.
 */
enum StoredBroker {
  /** ActiveMQ Classic with KahaDB. */
  ACTIVEMQ {
    @Override
    void start(Path store, int port) throws Exception {
      KahaDBPersistenceAdapter adapter = new KahaDBPersistenceAdapter();
      adapter.setDirectory(store.toFile());
      adapter.setJournalDiskSyncStrategy(JournalDiskSyncStrategy.ALWAYS.name());
      BrokerService service = new BrokerService();
      service.setBrokerName("stored");
      service.setPersistenceAdapter(adapter);
      service.setUseJmx(false);
      service.setUseShutdownHook(false);
      service.setAdvisorySupport(false);
      service.addConnector("stomp://127.0.0.1:" + port);
      service.start();
    }
  },

  /** Artemis with its NIO journal; queues and topics by prefix, as elsewhere. */
  ARTEMIS {
    @Override
    void start(Path store, int port) throws Exception {
      Configuration configuration =
          new ConfigurationImpl()
              .setPersistenceEnabled(true)
              .setJournalType(JournalType.NIO)
              .setJournalDatasync(true)
              .setJournalDirectory(store.resolve("journal").toString())
              .setBindingsDirectory(store.resolve("bindings").toString())
              .setPagingDirectory(store.resolve("paging").toString())
              .setLargeMessagesDirectory(store.resolve("large").toString())
              .setSecurityEnabled(false)
              .setJMXManagementEnabled(false)
              .addAcceptorConfiguration("stomp", acceptor(port));
      new EmbeddedActiveMQ().setConfiguration(configuration).start();
    }

    private static String acceptor(int port) {
      return "tcp://127.0.0.1:"
          + port
          + "?protocols=STOMP;anycastPrefix=/queue/;multicastPrefix=/topic/";
    }
  };

  abstract void start(Path store, int port) throws Exception;

  /** Takes the name of a constant, the folder of the store and the port to listen on. */
  public static void main(String[] args) throws Exception {
    valueOf(args[0]).start(Path.of(args[1]), Integer.parseInt(args[2]));
    awaitEndOfInput();
    Runtime.getRuntime().halt(0);
  }

  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // Nobody writes; the end of the parent ends it.
    }
  }
}
