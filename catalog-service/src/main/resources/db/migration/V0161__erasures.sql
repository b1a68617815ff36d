-- Contents whose bytes were erased for good: who, when, why. Manifests keep their entries.
create table erasure (
  project   text        not null references project (name),
  sha256    text        not null,
  blocked   boolean     not null, -- whether the content cannot come back
  dataset   text,
  version   text,
  path      text,
  reason    text        not null,
  erased_by text        not null,
  erased_at timestamptz not null,
  primary key (project, sha256)
);
create index stored_object_removed on stored_object (project, object_key) where state = 'removed';
