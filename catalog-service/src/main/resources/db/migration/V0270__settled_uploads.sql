-- Uploads into an open draft that are over: a word about their progress that comes late is no news.
create table settled_upload (
  version_id uuid not null references dataset_version (id),
  upload_id  uuid not null,
  primary key (version_id, upload_id)
);
