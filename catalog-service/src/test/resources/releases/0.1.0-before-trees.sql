-- What a catalog of the first release had: a sealed version, one that was withdrawn, and a draft.
insert into catalog.project values ('lab', 'Lab', 'sluice-lab', 'ada', now());
insert into catalog.dataset
  (id, project, name, data_type, display_name, tags, creator, created_at, revision, last_number, latest_number)
values ('11111111-1111-1111-1111-111111111111', 'lab', 'wiki', 'text', 'Wiki', '{}', 'ada', now(), 1, 3, 1);
insert into catalog.dataset_version
  (id, dataset_id, project, number, state, files, bytes, produced_by, created_by, created_at, digest, sealed_at, state_by, state_at)
values
  ('aaaaaaaa-0000-0000-0000-000000000001', '11111111-1111-1111-1111-111111111111', 'lab', 1, 'sealed', 1000, 1000, 'upload', 'ada', now(), 'sha256:' || repeat('0', 64), now(), null, null),
  ('aaaaaaaa-0000-0000-0000-000000000002', '11111111-1111-1111-1111-111111111111', 'lab', 2, 'withdrawn', 0, 0, 'upload', 'ada', now(), 'sha256:' || repeat('0', 64), now(), 'ada', now()),
  ('aaaaaaaa-0000-0000-0000-000000000003', '11111111-1111-1111-1111-111111111111', 'lab', 3, 'draft', 1, 5, 'upload', 'ada', now(), null, null, null, null);
insert into catalog.version_file
select 'aaaaaaaa-0000-0000-0000-000000000001', 'ä/' || lpad(n::text, 4, '0') || '.txt', 1,
  encode(sha256(n::text::bytea), 'hex'), 'text/plain', 'dataset/wiki/v1/' || n, n
from generate_series(1, 1000) n;
insert into catalog.version_file
values ('aaaaaaaa-0000-0000-0000-000000000003', 'new.txt', 5, repeat('a', 64), 'text/plain', 'dataset/wiki/v3/new.txt', null);
