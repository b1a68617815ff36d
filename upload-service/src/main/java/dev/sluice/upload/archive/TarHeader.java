package dev.sluice.upload.archive;

import dev.sluice.upload.archive.ArchiveException.Fault;
import java.util.Arrays;

/**
 * The 512 bytes before an entry of a tar (POSIX ustar, GNU and the old form).
 *
 * @param name as written, prefix included
 * @param size bytes that follow
 * @param type the letter of its kind
 */
record TarHeader(String name, long size, char type) {
  static final int SIZE = 512;

  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int SUM_AT = 148;
  private static final int SUM_LENGTH = 8;
  private static final int TYPE_AT = 156;
  private static final int MAGIC_AT = 257;
  private static final int PREFIX_AT = 345;
  private static final int PREFIX_LENGTH = 155;
  private static final int OCTAL = 8;

  static TarHeader of(byte[] block, Budget budget) throws ArchiveException {
    long sum = ' ' * SUM_LENGTH;
    for (int i = 0; i < SIZE; i++) {
      sum += i >= SUM_AT && i < SUM_AT + SUM_LENGTH ? 0 : block[i] & 0xff;
    }
    if (number(block, SUM_AT, SUM_LENGTH, budget) != sum) {
      throw budget.fault(Fault.DAMAGED, "no header of a tar where one should be");
    }
    String name = text(block, 0, NAME);
    boolean posix = text(block, MAGIC_AT, 6).equals("ustar");
    String prefix = posix ? text(block, PREFIX_AT, PREFIX_LENGTH) : "";
    return new TarHeader(
        prefix.isEmpty() ? name : prefix + "/" + name,
        number(block, SIZE_AT, SIZE_LENGTH, budget),
        (char) (block[TYPE_AT] & 0xff));
  }

  /** Whether the block ends the archive. */
  static boolean isEnd(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static String text(byte[] block, int from, int length) {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    return Budget.text(Arrays.copyOfRange(block, from, end));
  }

  /** Octal digits, or GNU's big-endian number behind a first byte of 0x80. */
  private static long number(byte[] block, int from, int length, Budget budget)
      throws ArchiveException {
    if ((block[from] & 0x80) != 0) {
      long value = block[from] & 0x7f;
      for (int i = from + 1; i < from + length; i++) {
        if (value >> (Long.SIZE - 1 - Byte.SIZE) != 0) {
          throw budget.fault(Fault.DAMAGED, "a number in a header is too large");
        }
        value = (value << Byte.SIZE) | (block[i] & 0xff);
      }
      return value;
    }
    String digits = text(block, from, length).strip();
    if (!digits.matches("[0-7]{0,20}")) {
      throw budget.fault(Fault.DAMAGED, "a number in a header is none");
    }
    return digits.isEmpty() ? 0 : Long.parseLong(digits, OCTAL);
  }
}
