-- Every object that a file of the project points at, once: who holds what content.
create table stored_object (
  project    text   not null references project (name),
  object_key text   not null,
  sha256     text   not null,
  size       bigint not null,
  media_type text   not null,
  primary key (project, object_key)
);
create index stored_object_content on stored_object (project, sha256);
create index stored_object_size on stored_object (project, size);

insert into stored_object (project, object_key, sha256, size, media_type)
select distinct on (v.project, f.object_key)
  v.project, f.object_key, f.sha256, f.size, f.media_type
from version_file f join dataset_version v on v.id = f.version_id
order by v.project, f.object_key;
