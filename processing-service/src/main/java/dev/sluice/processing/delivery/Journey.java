package dev.sluice.processing.delivery;

import dev.sluice.processing.delivery.DeliveryRepository.Sums;
import dev.sluice.processing.reservation.InputFile;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A delivery that this replica works on, and how far it is. */
final class Journey implements Courier.Signs {
  private final Delivery delivery;
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile long filesTotal;
  private volatile long bytesTotal;
  private volatile boolean lost;

  Journey(Delivery delivery) {
    this.delivery = delivery;
  }

  Delivery delivery() {
    return delivery;
  }

  void begins(List<InputFile> all) {
    filesTotal = all.size();
    bytesTotal = all.stream().mapToLong(InputFile::size).sum();
  }

  Sums sums() {
    return new Sums(files.get(), filesTotal, bytes.get(), bytesTotal);
  }

  /** Another replica works on it now. */
  void takenOver() {
    lost = true;
  }

  @Override
  public void goOn() throws StoreAway {
    if (lost) {
      throw new StoreAway("another replica has taken over");
    }
  }

  @Override
  public void brought(long count) {
    files.incrementAndGet();
    bytes.addAndGet(count);
  }
}
