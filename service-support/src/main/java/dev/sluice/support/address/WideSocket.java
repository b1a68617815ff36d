package dev.sluice.support.address;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket for large bodies: it asks the system for many bytes at a time, although okio, whose
 * segments have 8 KiB, asks it for few. What is written goes out when it is flushed.
 */
public class WideSocket extends Socket {
  /** What the JDK moves in one system call at most. */
  private static final int WIDTH = 128 << 10;

  @Override
  public InputStream getInputStream() throws IOException {
    return new BufferedInputStream(super.getInputStream(), WIDTH);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new BufferedOutputStream(super.getOutputStream(), WIDTH);
  }
}
