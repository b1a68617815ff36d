-- CRC-32C over the whole file, 8 hex digits, as reading back or the catalog told it.
alter table upload add column crc32c text;
