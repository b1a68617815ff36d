-- When people last gave a draft another tree: what was uploaded before may have gone with it.
alter table dataset_version add column edited_at timestamptz;
