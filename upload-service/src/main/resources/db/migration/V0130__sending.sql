-- Which projects are being sent to: open uploads whose addresses were given out lately.
create index upload_sending on upload (urls_expire_at) include (project) where state = 'open';
