import { QueryTypes } from 'sequelize'
import type { EventsRepository } from '../../jobs/ports/events.js'
import type { Database } from '../database.js'

export function createEventsRepository({ sequelize }: Database): EventsRepository {
  return {
    async removeBefore(time, limit) {
      return sequelize.query(
        `DELETE FROM events WHERE id IN (
           SELECT id FROM events
           WHERE created_at < $time AND dispatched_at IS NOT NULL
             AND NOT EXISTS (SELECT FROM webhook_deliveries WHERE event_id = events.id AND status = 'pending')
           ORDER BY created_at LIMIT $limit
         )`,
        { bind: { time, limit }, type: QueryTypes.BULKDELETE },
      )
    },
  }
}
