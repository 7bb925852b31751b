package io.stompbox.checks.interop;

import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Spring's simple broker in an embedded Tomcat, on a free loopback port. */
final class SpringBroker implements AutoCloseable {
  private final Tomcat tomcat;

  private SpringBroker(Tomcat tomcat) {
    this.tomcat = tomcat;
  }

  /** Topics in order, at {@code /stomp}, and with SockJS at {@code /sockjs}. */
  @Configuration
  @EnableWebSocketMessageBroker
  static class Endpoints implements WebSocketMessageBrokerConfigurer {
    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
      registry.setPreserveReceiveOrder(true);
      registry.addEndpoint("/stomp");
      registry.addEndpoint("/sockjs").withSockJS();
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
      registry.setPreservePublishOrder(true);
      registry.enableSimpleBroker("/topic");
    }
  }

  /** Starts one whose files are in {@code folder}. */
  static SpringBroker start(Path folder) throws LifecycleException {
    AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
    spring.register(Endpoints.class);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", folder.toString());
    context.addServletContainerInitializer(new WsSci(), null);
    Wrapper servlet = Tomcat.addServlet(context, "spring", new DispatcherServlet(spring));
    servlet.setLoadOnStartup(1);
    servlet.setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "spring");
    tomcat.start();
    return new SpringBroker(tomcat);
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
