package dev.sluice.support.nfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** The external data representation of RFC 4506, as far as NFS 3 needs it. */
final class Xdr {
  private static final int WORD = 4;

  private Xdr() {}

  /** Bytes until the next whole word. */
  private static int padding(int length) {
    return (WORD - length % WORD) % WORD;
  }

  /** Writes. */
  static final class Out {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Out number(int value) {
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
      return this;
    }

    Out number(long value) {
      bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
      return this;
    }

    Out opaque(byte[] value) {
      return number(value.length).fixed(value).fixed(new byte[padding(value.length)]);
    }

    Out fixed(byte[] value) {
      bytes.writeBytes(value);
      return this;
    }

    Out text(String value) {
      return opaque(value.getBytes(UTF_8));
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }

  /** Reads an answer of a server that is trusted in nothing. */
  static final class In {
    private final ByteBuffer bytes;

    In(byte[] bytes) {
      this.bytes = ByteBuffer.wrap(bytes);
    }

    int number() throws NfsException.Invalid {
      try {
        return bytes.getInt();
      } catch (BufferUnderflowException e) {
        throw shorter();
      }
    }

    long longNumber() throws NfsException.Invalid {
      try {
        return bytes.getLong();
      } catch (BufferUnderflowException e) {
        throw shorter();
      }
    }

    boolean yes() throws NfsException.Invalid {
      return number() != 0;
    }

    byte[] opaque(int most) throws NfsException.Invalid {
      int length = number();
      if (length < 0 || length > most) {
        throw new NfsException.Invalid("NFS: an answer has a field of " + length + " bytes");
      }
      byte[] value = fixed(length);
      fixed(padding(length));
      return value;
    }

    byte[] fixed(int length) throws NfsException.Invalid {
      if (bytes.remaining() < length) {
        throw shorter();
      }
      byte[] value = new byte[length];
      bytes.get(value);
      return value;
    }

    private static NfsException.Invalid shorter() {
      return new NfsException.Invalid("NFS: an answer is shorter than it says");
    }
  }
}
