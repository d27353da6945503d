package dev.skep.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

class LinkPairTest implements ConnectorLinkContract {
  private final LinkPair pair = new LinkPair();

  @Override
  public ConnectorLink dial(LinkListener listener) {
    return pair.dial(QueenEnd.grant(), listener);
  }

  @Override
  public void deliver(byte[] frame) {
    pair.deliver(frame);
  }

  @Override
  public byte[] take(ConnectorLink.Queue queue) throws InterruptedException {
    LinkPair.Arrived next = pair.arrived.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    assertThat(next.queue()).isEqualTo(queue);
    return next.frame();
  }

  @Override
  public void cut() {
    pair.cut();
  }
}
