package dev.skep.system.broker;

import static com.sun.messaging.jmq.io.PacketType.ACKNOWLEDGE;
import static com.sun.messaging.jmq.io.PacketType.ADD_CONSUMER;
import static com.sun.messaging.jmq.io.PacketType.ADD_PRODUCER;
import static com.sun.messaging.jmq.io.PacketType.BROWSE;
import static com.sun.messaging.jmq.io.PacketType.CREATE_DESTINATION;
import static com.sun.messaging.jmq.io.PacketType.DELETE_CONSUMER;
import static com.sun.messaging.jmq.io.PacketType.DELIVER;
import static com.sun.messaging.jmq.io.PacketType.DESTROY_DESTINATION;
import static com.sun.messaging.jmq.io.PacketType.OBJECT_MESSAGE;
import static com.sun.messaging.jmq.io.PacketType.REDELIVER;
import static com.sun.messaging.jmq.io.PacketType.SET_CLIENTID;
import static com.sun.messaging.jmq.io.PacketType.START_TRANSACTION;
import static com.sun.messaging.jmq.io.PacketType.TEXT_MESSAGE;
import static dev.skep.system.broker.Packets.QUEUE;
import static dev.skep.system.broker.Packets.TEMPORARY;

import com.sun.messaging.jmq.io.Packet;
import com.sun.messaging.jmq.io.ReadWritePacket;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a provider with a valid session of its own can try. Each tells whether it got what it
 * wanted.
 */
enum Attack {
  CONSUME_ANOTHERS_INBOX {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      stage.queenSends("secret");
      stage.attacker().consume(stage.victim().inbox(), QUEUE | TEMPORARY);
      return stage.attacker().hears("secret");
    }
  },
  CONSUME_THE_RESULTS {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      stage.attacker().consume(Lab.RESULTS, QUEUE | TEMPORARY);
      stage.victimSends(Lab.RESULTS, "secret");
      return stage.attacker().hears("secret");
    }
  },
  BROWSE_ANOTHERS_INBOX {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      stage.queenSends("secret");
      return stage.attacker().isAllowed(BROWSE, stage.victim().inbox(), QUEUE | TEMPORARY);
    }
  },
  PRODUCE_TO_ANOTHERS_INBOX {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      stage.attacker().isAllowed(ADD_PRODUCER, stage.victim().inbox(), QUEUE | TEMPORARY);
      stage.attacker().send(Packets.message(stage.victim().inbox(), "forged"));
      return stage.victimHears("forged");
    }
  },
  SMUGGLE_A_MESSAGE_THROUGH_AN_ALLOWED_PRODUCER {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      stage.attacker().isAllowed(ADD_PRODUCER, Lab.RESULTS, QUEUE);
      stage.attacker().send(Packets.message(stage.victim().inbox(), "forged"));
      return stage.victimHears("forged");
    }
  },
  CONSUME_ANOTHERS_TEMPORARY_QUEUE {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      return stage.victimMakes(TEMPORARY_QUEUE)
          && stage.attacker().isAllowed(ADD_CONSUMER, TEMPORARY_QUEUE, QUEUE | TEMPORARY);
    }
  },
  INJECT_INTO_ANOTHERS_TEMPORARY_QUEUE {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      boolean made = stage.victimMakes(TEMPORARY_QUEUE);
      stage.attacker().send(Packets.message(TEMPORARY_QUEUE, "forged"));
      return made && stage.victimHears(TEMPORARY_QUEUE, "forged");
    }
  },
  MAKE_A_TEMPORARY_QUEUE {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      return stage.attacker().isAllowed(CREATE_DESTINATION, TEMPORARY_QUEUE, QUEUE | TEMPORARY);
    }
  },
  DESTROY_ANOTHERS_INBOX {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      stage.attacker().isAllowed(DESTROY_DESTINATION, stage.victim().inbox(), QUEUE);
      return !stage.lab().exists(stage.victim().inbox());
    }
  },
  HAVE_ANOTHERS_MESSAGE_DELIVERED {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      ReadWritePacket deliver = Packets.of(DELIVER, Map.of("JMQConsumerID", 1L));
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      stage.queenSends("secret").writeID(new DataOutputStream(body));
      deliver.setMessageBody(body.toByteArray());
      stage.attacker().send(deliver);
      return stage.attacker().hears("secret");
    }
  },
  ACKNOWLEDGE_ANOTHERS_MESSAGE {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      Stage.Held held = stage.victimHolds("held");
      stage.attacker().send(Packets.naming(ACKNOWLEDGE, Map.of(), held.consumer(), held.message()));
      return stage.isGoneFromInbox();
    }
  },
  DECLARE_ANOTHERS_MESSAGE_DEAD {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      Stage.Held held = stage.victimHolds("held");
      Map<String, ?> dead = Map.of("JMQAckType", 2);
      stage.attacker().send(Packets.naming(ACKNOWLEDGE, dead, held.consumer(), held.message()));
      return stage.isGoneFromInbox();
    }
  },
  HAVE_ANOTHERS_MESSAGE_REDELIVERED {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      Stage.Held held = stage.victimHolds("held");
      Map<String, ?> again = Map.of("JMQSetRedelivered", true);
      stage.attacker().send(Packets.naming(REDELIVER, again, held.consumer(), held.message()));
      return stage.holder().hears("held");
    }
  },
  DELETE_ANOTHERS_CONSUMER {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      Stage.Held held = stage.victimHolds("held");
      Map<String, ?> whose = Map.of("JMQConsumerID", held.consumer());
      stage.attacker().status(Packets.of(DELETE_CONSUMER, whose));
      stage.queenSends("later");
      return !stage.holder().hears("later");
    }
  },
  KILL_ANOTHERS_CONNECTION {
    @Override
    boolean succeeds(Stage stage) throws IOException, InterruptedException {
      try (RawClient stranger = new RawClient(stage.server())) {
        stranger.send(Packets.hello(Map.of("JMQConnectionID", stage.holder().connection())));
        return stage.holder().isGoneWithin(SHORT);
      }
    }
  },
  CLAIM_A_CLIENT_ID {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      return stage.attacker().status(Packets.of(SET_CLIENTID, Map.of("JMQClientID", "skep"))) == OK;
    }
  },
  START_A_TRANSACTION {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      Map<String, ?> session = Map.of("JMQSessionID", stage.attacker().session());
      return stage.attacker().status(Packets.of(START_TRANSACTION, session)) == OK;
    }
  },
  SEND_A_TEXT_MESSAGE {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      return sends(stage, TEXT_MESSAGE);
    }
  },
  SEND_AN_OBJECT_MESSAGE {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      return sends(stage, OBJECT_MESSAGE);
    }
  },
  SEND_A_PERSISTENT_MESSAGE {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      ReadWritePacket message = Packets.message(Lab.RESULTS, "kept");
      message.setPersistent(true);
      return stage.attacker().status(message) == OK;
    }
  },
  NAME_A_REPLY_DESTINATION {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      ReadWritePacket message = Packets.message(Lab.RESULTS, "answer there");
      message.setReplyTo(stage.victim().inbox());
      return stage.attacker().status(message) == OK;
    }
  },
  SELECT_BY_AN_EXPRESSION {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      ReadWritePacket consumer =
          Packets.about(ADD_CONSUMER, stage.own().inbox(), QUEUE, stage.attacker().session());
      return stage.attacker().status(Packets.with(consumer, "JMQSelector", "a LIKE '%b%c%'")) == OK;
    }
  },
  OPEN_MANY_SESSIONS {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      for (int i = 0; i < 50; i++) {
        stage.attacker().openSession();
      }
      return true;
    }
  },
  PASS_A_SERIALIZED_OBJECT {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      try (RawClient stranger = new RawClient(stage.server())) {
        Map<String, ?> object = Map.of("JMQUserData", new ArrayList<>(List.of("any class at all")));
        return stranger.status(Packets.hello(object)) == OK;
      }
    }
  },
  SPEAK_AN_OLD_PACKET_VERSION {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      try (RawClient stranger = new RawClient(stage.server())) {
        ReadWritePacket hello = Packets.hello(Map.of());
        hello.setVersion(Packet.VERSION2);
        return stranger.status(hello) == OK;
      }
    }
  },
  SPEAK_THE_OLDEST_PACKET_VERSION {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      try (RawClient stranger = new RawClient(stage.server())) {
        ReadWritePacket hello = Packets.hello(Map.of("JMQProtocolLevel", 100));
        hello.setVersion(Packet.VERSION1);
        return stranger.status(hello) == OK;
      }
    }
  },
  SPEAK_AN_OLD_PROTOCOL_LEVEL {
    @Override
    boolean succeeds(Stage stage) throws IOException {
      try (RawClient stranger = new RawClient(stage.server())) {
        return stranger.status(Packets.hello(Map.of("JMQProtocolLevel", 350))) == OK;
      }
    }
  };

  static final Duration SHORT = Duration.ofSeconds(1);
  static final int OK = 200;

  private static final String TEMPORARY_QUEUE = "temporary_destination://queue/10.0.0.1/40000/1";

  abstract boolean succeeds(Stage stage) throws IOException, InterruptedException;

  private static boolean sends(Stage stage, int type) throws IOException {
    ReadWritePacket message = Packets.message(Lab.RESULTS, "x");
    message.setPacketType(type);
    return stage.attacker().status(message) == OK;
  }
}
