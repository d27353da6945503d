package dev.skep.system.broker.lab;

import dev.skep.broker.BrokerNames;
import dev.skep.broker.BrokerSession;
import dev.skep.broker.BrokerSessions;
import jakarta.annotation.Resource;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * {@code POST /OPERATION?name=value}: answers 200 with one line of text, or 500 with what went
 * wrong.
 */
@WebServlet("/*")
public class LabServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String RESULTS = BrokerNames.RESULTS_PREFIX + "lab";

  @Resource(lookup = "jms/skep")
  private transient ConnectionFactory factory;

  @Override
  public void init() {
    sessions().sweepInboxes();
    sessions().createQueues(RESULTS);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setCharacterEncoding("UTF-8");
    try {
      response.getWriter().print(answer(request));
    } catch (RuntimeException | JMSException | JMException e) {
      response.setStatus(500);
      response.getWriter().print(e);
    }
  }

  private String answer(HttpServletRequest request) throws JMSException, JMException {
    return switch (request.getPathInfo()) {
      case "/guard" -> guard(Boolean.parseBoolean(request.getParameter("on")));
      case "/open" -> open(request);
      case "/close" ->
          String.valueOf(sessions().close(UUID.fromString(request.getParameter("id")), "closed"));
      case "/ban" -> String.valueOf(sessions().ban(request.getParameter("user"), "banned"));
      case "/unban" -> unban(request.getParameter("user"));
      case "/send" -> send(request.getParameter("queue"), request.getParameter("text"));
      case "/receive" ->
          receive(request.getParameter("queue"), Long.parseLong(request.getParameter("millis")));
      case "/drain" -> drain(request.getParameter("queue"));
      case "/waiting" -> waiting(request.getParameter("queue"));
      case "/violations" -> String.valueOf(sessions().violations());
      case "/spki" -> sessions().spkiSha256();
      default -> throw new IllegalArgumentException("No operation " + request.getPathInfo());
    };
  }

  private static String guard(boolean on) {
    sessions().setGuard(on);
    return "guard " + (on ? "on" : "off");
  }

  private static String open(HttpServletRequest request) {
    String inbox = request.getParameter("inbox");
    UUID id = UUID.randomUUID();
    sessions().createInbox(inbox);
    sessions()
        .open(
            new BrokerSession(
                id,
                request.getParameter("user"),
                request.getParameter("passwordSha256"),
                inbox,
                RESULTS,
                Instant.parse(request.getParameter("expires"))));
    return id.toString();
  }

  private static String unban(String user) {
    sessions().unban(user);
    return "unbanned";
  }

  private String send(String queue, String text) throws JMSException {
    try (JMSContext context = factory.createContext()) {
      BytesMessage message = context.createBytesMessage();
      message.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      context
          .createProducer()
          .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
          .send(context.createQueue(queue), message);
      return message.getJMSMessageID();
    }
  }

  private String receive(String queue, long millis) throws JMSException {
    try (JMSContext context = factory.createContext()) {
      Message message = context.createConsumer(context.createQueue(queue)).receive(millis);
      return message == null ? "" : text(message);
    }
  }

  private String drain(String queue) {
    try (JMSContext context = factory.createContext();
        JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
      int drained = 0;
      while (consumer.receive(100) != null) {
        drained++;
      }
      return String.valueOf(drained);
    }
  }

  private static String text(Message message) throws JMSException {
    return new String(message.getBody(byte[].class), StandardCharsets.UTF_8);
  }

  /** How many messages lie in a queue; "none" when there is no such queue. */
  private static String waiting(String queue) throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name =
        new ObjectName(
            "com.sun.messaging.jms.server:type=Destination,subtype=Monitor,desttype=q,name="
                + ObjectName.quote(queue));
    return beans.isRegistered(name) ? String.valueOf(beans.getAttribute(name, "NumMsgs")) : "none";
  }

  private static BrokerSessions sessions() {
    return BrokerSessions.get();
  }
}
