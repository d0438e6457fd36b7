import type { Migration } from './migration.js'

const PLACES = `
CREATE TABLE event_streams (
  owner text PRIMARY KEY,
  last_place bigint NOT NULL,
  last_event uuid NOT NULL,
  -- Up to here events may have been removed.
  forgotten_place bigint NOT NULL DEFAULT 0
);
ALTER TABLE events ADD COLUMN place bigint;
UPDATE events SET place = ranked.place
FROM (SELECT id, row_number() OVER (PARTITION BY owner ORDER BY id) AS place FROM events WHERE type <> 'ping') AS ranked
WHERE events.id = ranked.id;
INSERT INTO event_streams (owner, last_place, last_event)
SELECT DISTINCT ON (owner) owner, place, id FROM events WHERE place IS NOT NULL ORDER BY owner, place DESC;
DROP INDEX events_of_owner;
CREATE UNIQUE INDEX events_in_order ON events (owner, place);
`

const ON_EVENT = `
CREATE FUNCTION place_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  next_place bigint;
BEGIN
  INSERT INTO event_streams AS stream (owner, last_place, last_event) VALUES (NEW.owner, 1, NEW.id)
  ON CONFLICT (owner) DO UPDATE SET last_place = stream.last_place + 1, last_event = NEW.id
  RETURNING stream.last_place INTO next_place;
  UPDATE events SET place = next_place WHERE id = NEW.id;
  PERFORM pg_notify('cutroom', 'events:' || NEW.owner);
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER place_event AFTER INSERT ON events DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.type <> 'ping') EXECUTE FUNCTION place_event();
`

const ON_JOB = `
CREATE FUNCTION tell_of_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('cutroom', 'job:' || coalesce(NEW.id, OLD.id));
  RETURN NULL;
END
$$;
CREATE FUNCTION tell_of_job_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('cutroom', 'job:' || NEW.job_id);
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_of_job AFTER UPDATE OR DELETE ON jobs FOR EACH ROW EXECUTE FUNCTION tell_of_job();
CREATE TRIGGER tell_of_job_part AFTER INSERT OR UPDATE ON passes FOR EACH ROW EXECUTE FUNCTION tell_of_job_part();
CREATE TRIGGER tell_of_job_part AFTER INSERT ON processed_videos FOR EACH ROW EXECUTE FUNCTION tell_of_job_part();
`

/**
 * Gives each event its place among those of its owner: 1, 2, 3, … without gaps, in the order of commits. The trigger runs
 * at the commit, so the row lock on the owner is held for as long as that takes. A reader that has seen a place has
 * therefore seen all before it, whatever other transactions are open. A ping belongs to one endpoint and has no place.
 *
 * Each commit also wakes who follows the events of the owner, or the job: see src/db/changes.ts.
 */
export const eventPlaces: Migration = {
  name: '0017-event-places',
  async up({ context }) {
    await context.run(PLACES)
    await context.run(ON_EVENT)
    await context.run(ON_JOB)
  },
}
