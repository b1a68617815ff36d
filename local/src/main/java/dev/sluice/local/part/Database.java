package dev.sluice.local.part;

import dev.sluice.local.state.LocalException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A PostgreSQL database and who connects to it.
 *
 * @param host host name or address
 * @param port TCP port
 * @param name database name
 * @param user role that connects
 * @param password its password
 */
public record Database(String host, int port, String name, String user, String password) {
  private static final int DEFAULT_PORT = 5432;

  /** Reads {@code postgresql://user:password@host:port/name}. */
  public static Database parse(String url) {
    URI uri = URI.create(url);
    String userInfo = uri.getUserInfo();
    String path = uri.getPath();
    if (userInfo == null || !userInfo.contains(":") || path == null || path.length() < 2) {
      throw new LocalException(
          "The database must be given as postgresql://user:password@host:port/name");
    }
    int colon = userInfo.indexOf(':');
    return new Database(
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        path.substring(1),
        userInfo.substring(0, colon),
        userInfo.substring(colon + 1));
  }

  /** The same server and role, another database. */
  public Database named(String other) {
    return new Database(host, port, other, user, password);
  }

  /** The same database as another role. */
  public Database as(String otherUser, String otherPassword) {
    return new Database(host, port, name, otherUser, otherPassword);
  }

  /** URL for reactive clients, without credentials. */
  public String reactiveUrl() {
    return "postgresql://%s:%d/%s".formatted(host, port, name);
  }

  /** URL for JDBC, without credentials. */
  public String jdbcUrl() {
    return "jdbc:" + reactiveUrl();
  }

  /** URL with credentials, for tools. */
  public String urlWithCredentials() {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(encoded(user), encoded(password), host, port, name);
  }

  /** Opens a connection within five seconds. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "30");
    Connection connection = new org.postgresql.Driver().connect(jdbcUrl(), properties);
    if (connection == null) {
      throw new SQLException("Not a PostgreSQL address: " + jdbcUrl());
    }
    return connection;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return user + "@" + reactiveUrl();
  }
}
