package dev.sluice.catalog;

import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import io.quarkus.test.common.QuarkusTestResource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The servers a running catalog needs; all component tests share one catalog. */
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@QuarkusTestResource(LineageReceiver.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface CatalogServers {}
