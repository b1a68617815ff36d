-- A digest may be told at the end; of imports it is known only when they were read back.
alter table upload alter column sha256 drop not null;
-- Whether the file points at an object that the project held before.
alter table upload add column held boolean not null default false;
-- How often parts were wanted again after they were read back.
alter table upload add column reopened int not null default 0;

-- Files of equal content share an object; all other objects have one upload.
alter table upload drop constraint upload_project_object_key_key;
create unique index upload_object on upload (project, object_key) where not held;
create index upload_on_its_way on upload (project) include (size)
  where state in ('open', 'verifying');

-- Checksums as clients told them, and which parts went into the object.
alter table upload_part add column crc32c text;
alter table upload_part add column merged boolean not null default false;
