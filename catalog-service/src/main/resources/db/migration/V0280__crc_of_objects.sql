-- CRC-32C over the object's bytes, where known: files that point at it later have it too.
alter table stored_object add column crc32c bigint;
