-- Who changed what, when and why; written with the change, never changed afterwards.
create table audit_entry (
  id         bigint      generated always as identity primary key,
  project    text        not null references project (name),
  at         timestamptz not null,
  actor      text        not null,
  action     text        not null,
  dataset_id uuid,
  dataset    text,
  version    text,
  object     text,
  reason     text,
  details    text        not null
);
create index audit_entry_page on audit_entry (project, id);
create index audit_entry_dataset on audit_entry (project, dataset, id);

create function audit_entry_stays() returns trigger language plpgsql as $$
begin
  raise exception 'audit entries are never changed';
end $$;
create trigger audit_entry_stays before update or delete or truncate on audit_entry
  for each statement execute function audit_entry_stays();
