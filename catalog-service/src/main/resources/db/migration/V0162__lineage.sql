-- What was made from a version, to be found as fast as what it was made from.
create index dataset_version_heirs on dataset_version (dataset_id, inherited_from)
  where inherited_from is not null;
