-- Points of a text whose source was erased leave, whichever version holds them.
alter table removal add column source_sha256 text;

-- Sources whose texts must not come into an index again.
create table erased_source (
  project   text        not null,
  sha256    text        not null,
  erased_at timestamptz not null,
  primary key (project, sha256)
);
