package io.stompbox.checks.kills;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.activemq.artemis.core.config.ClusterConnectionConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.HAPolicyConfiguration;
import org.apache.activemq.artemis.core.config.ha.ReplicaPolicyConfiguration;
import org.apache.activemq.artemis.core.config.ha.ReplicatedPolicyConfiguration;
import org.apache.activemq.artemis.core.config.ha.SharedStoreBackupPolicyConfiguration;
import org.apache.activemq.artemis.core.config.ha.SharedStorePrimaryPolicyConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.cluster.impl.MessageLoadBalancingType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.store.SharedFileLocker;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.store.kahadb.disk.journal.Journal.JournalDiskSyncStrategy;

/**
 * A Java broker that stores what it confirms, fsync included. Its main method is that of its
 * process, which lives until it is killed or its standard input ends, so never longer than its
 * parent.
 */
enum StoredBroker {
  /** ActiveMQ Classic with KahaDB; a second one with the same store waits until the first dies. */
  ACTIVEMQ {
    @Override
    void start(Place place) throws Exception {
      SharedFileLocker locker = new SharedFileLocker();
      locker.setLockAcquireSleepInterval(LOCK_MILLIS);
      KahaDBPersistenceAdapter adapter = new KahaDBPersistenceAdapter();
      adapter.setDirectory(place.store().toFile());
      adapter.setJournalDiskSyncStrategy(JournalDiskSyncStrategy.ALWAYS.name());
      adapter.setLocker(locker);
      BrokerService service = new BrokerService();
      service.setBrokerName("stored");
      service.setPersistenceAdapter(adapter);
      service.setUseJmx(false);
      service.setUseShutdownHook(false);
      service.setAdvisorySupport(false);
      service.addConnector("stomp://127.0.0.1:" + place.port());
      place.ready();
      service.start();
    }
  },

  /** Artemis with its NIO journal. */
  ARTEMIS {
    @Override
    void start(Place place) throws Exception {
      startArtemis(artemis(place, place.store()));
      place.ready();
    }
  },

  /** Artemis, whose store another takes over when it dies. */
  ARTEMIS_PRIMARY {
    @Override
    void start(Place place) throws Exception {
      startArtemis(paired(place, place.store(), new SharedStorePrimaryPolicyConfiguration()));
      place.ready();
    }
  },

  /** Artemis that waits for {@link #ARTEMIS_PRIMARY} to die. */
  ARTEMIS_BACKUP {
    @Override
    void start(Place place) throws Exception {
      startArtemis(paired(place, place.store(), new SharedStoreBackupPolicyConfiguration()));
      place.ready();
    }
  },

  /** Artemis that sends what it stores to another with a store of its own. */
  ARTEMIS_REPLICATED {
    @Override
    void start(Place place) throws Exception {
      startArtemis(
          paired(place, place.store().resolve("first"), new ReplicatedPolicyConfiguration()));
      place.ready();
    }
  },

  /** Artemis that stores what {@link #ARTEMIS_REPLICATED} sends it, and waits for it to die. */
  ARTEMIS_REPLICA {
    @Override
    void start(Place place) throws Exception {
      EmbeddedActiveMQ server =
          startArtemis(
              paired(place, place.store().resolve("second"), new ReplicaPolicyConfiguration()));
      await().atMost(SYNC_LIMIT).until(() -> server.getActiveMQServer().isReplicaSync());
      place.ready();
    }
  };

  private static final int LOCK_MILLIS = 300;
  private static final Duration SYNC_LIMIT = Duration.ofMinutes(2);

  /**
   * Where a broker lives.
   *
   * @param store the folder of its store
   * @param port where it listens on 127.0.0.1
   * @param partner where the other of its pair listens
   */
  record Place(Path store, int port, int partner) {
    /** The file that is there once the broker can take over, or is about to start by itself. */
    Path readyFile() {
      return store.resolveSibling("ready-" + port);
    }

    Place ofPartner() {
      return new Place(store, /* port= */ partner, /* partner= */ port);
    }

    private void ready() throws IOException {
      Files.writeString(readyFile(), "");
    }
  }

  abstract void start(Place place) throws Exception;

  private static EmbeddedActiveMQ startArtemis(Configuration configuration) throws Exception {
    return new EmbeddedActiveMQ().setConfiguration(configuration).start();
  }

  /**
   * Queues and topics by prefix, as elsewhere. Never pages, as 2.55.0 may lose confirmed messages
   * that it has paged, if they have ids by which it knows duplicates.
   */
  private static Configuration artemis(Place place, Path store) throws Exception {
    return new ConfigurationImpl()
        .setPersistenceEnabled(true)
        .setJournalType(JournalType.NIO)
        .setJournalDatasync(true)
        .setJournalDirectory(store.resolve("journal").toString())
        .setBindingsDirectory(store.resolve("bindings").toString())
        .setPagingDirectory(store.resolve("paging").toString())
        .setLargeMessagesDirectory(store.resolve("large").toString())
        .setGlobalMaxSize(-1)
        .setSecurityEnabled(false)
        .setJMXManagementEnabled(false)
        .addAcceptorConfiguration(
            "stomp",
            address(place.port())
                + "?protocols=CORE,STOMP;anycastPrefix=/queue/;multicastPrefix=/topic/");
  }

  private static Configuration paired(Place place, Path store, HAPolicyConfiguration policy)
      throws Exception {
    ClusterConnectionConfiguration pair =
        new ClusterConnectionConfiguration()
            .setName("pair")
            .setConnectorName("self")
            .setStaticConnectors(List.of("partner"))
            .setMessageLoadBalancingType(MessageLoadBalancingType.OFF)
            .setRetryInterval(LOCK_MILLIS);
    return artemis(place, store)
        .addConnectorConfiguration("self", address(place.port()))
        .addConnectorConfiguration("partner", address(place.partner()))
        .addClusterConfiguration(pair)
        .setClusterUser("pair")
        .setClusterPassword("pair")
        .setHAPolicyConfiguration(policy);
  }

  private static String address(int port) {
    return "tcp://127.0.0.1:" + port;
  }

  /** Takes the name of a constant, and the parts of a {@link Place}. */
  public static void main(String[] args) throws Exception {
    Place place = new Place(Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    Thread starter = new Thread(() -> startOrEnd(valueOf(args[0]), place), "start");
    starter.start();
    awaitEndOfInput();
    Runtime.getRuntime().halt(0);
  }

  /** Some start only when their partner has died, and must not outlive their parent until then. */
  private static void startOrEnd(StoredBroker kind, Place place) {
    try {
      kind.start(place);
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // Nobody writes; the end of the parent ends it.
    }
  }
}
