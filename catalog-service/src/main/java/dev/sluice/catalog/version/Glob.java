package dev.sluice.catalog.version;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern of paths: {@code *} is anything within a folder, {@code **} anything, {@code **}/ any
 * folders or none, {@code ?} one character. It matches in steps of path times pattern, whatever
 * both are.
 */
public final class Glob {
  private static final int LONGEST = 1_024;

  private final List<Token> tokens;
  private final String literal;

  private Glob(List<Token> tokens, String literal) {
    this.tokens = tokens;
    this.literal = literal;
  }

  /** 400 when the pattern is empty or too long. */
  public static Glob of(String pattern) {
    if (pattern.isEmpty() || pattern.length() > LONGEST) {
      throw InvalidRequest.of("glob", pattern, "1 to " + LONGEST + " characters").exception();
    }
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < pattern.length()) {
      if (pattern.startsWith("**/", at)) {
        tokens.add(new Token(Kind.FOLDERS, 0));
        at += 3;
      } else if (pattern.startsWith("**", at)) {
        tokens.add(new Token(Kind.ANYTHING, 0));
        at += 2;
      } else {
        int c = pattern.codePointAt(at);
        tokens.add(
            switch (c) {
              case '*' -> new Token(Kind.NAME, 0);
              case '?' -> new Token(Kind.ONE, 0);
              default -> new Token(Kind.LITERAL, c);
            });
        at += Character.charCount(c);
      }
    }
    return new Glob(List.copyOf(tokens), literal(tokens));
  }

  private static String literal(List<Token> tokens) {
    StringBuilder literal = new StringBuilder();
    for (Token token : tokens) {
      if (token.kind() != Kind.LITERAL) {
        break;
      }
      literal.appendCodePoint(token.character());
    }
    return literal.toString();
  }

  /** What every path that matches begins with. */
  public String literal() {
    return literal;
  }

  /** Whether the whole path fits the pattern. */
  public boolean matches(String path) {
    BitSet states = new BitSet(tokens.size() + 1);
    reach(states, 0);
    for (int at = 0; at < path.length() && !states.isEmpty(); ) {
      int c = path.codePointAt(at);
      BitSet next = new BitSet(tokens.size() + 1);
      for (int s = states.nextSetBit(0); s >= 0; s = states.nextSetBit(s + 1)) {
        if (s < tokens.size()) {
          step(tokens.get(s), s, c, next);
        }
      }
      states = next;
      at += Character.charCount(c);
    }
    return states.get(tokens.size());
  }

  private void step(Token token, int state, int c, BitSet next) {
    switch (token.kind()) {
      case LITERAL -> {
        if (token.character() == c) {
          reach(next, state + 1);
        }
      }
      case ONE -> {
        if (c != '/') {
          reach(next, state + 1);
        }
      }
      case NAME -> {
        if (c != '/') {
          reach(next, state);
        }
      }
      case ANYTHING -> reach(next, state);
      case FOLDERS -> {
        next.set(state);
        if (c == '/') {
          reach(next, state + 1);
        }
      }
    }
  }

  /** The state, and those that follow without a character. */
  private void reach(BitSet states, int state) {
    int s = state;
    states.set(s);
    while (s < tokens.size() && tokens.get(s).kind().mayBeEmpty()) {
      states.set(++s);
    }
  }

  /** What a token stands for. */
  private enum Kind {
    LITERAL,
    ONE,
    NAME,
    ANYTHING,
    FOLDERS;

    boolean mayBeEmpty() {
      return this == NAME || this == ANYTHING || this == FOLDERS;
    }
  }

  private record Token(Kind kind, int character) {}
}
