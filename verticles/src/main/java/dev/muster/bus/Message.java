package dev.muster.bus;

/** What travels over the event bus. Permits exactly the records that {@link BusCodecs} registers. */
public sealed interface Message
        permits Registrations,
                Registered,
                Stored,
                MinionStatsQuery,
                MinionStats,
                MinionPageQuery,
                MinionPage,
                Cleanup,
                Cleaned,
                CreateTask,
                TaskCreated,
                NextTask,
                TaskOffer,
                TaskReport,
                Snapshot,
                StatsQuery,
                Stats,
                EndpointsQuery,
                EndpointList,
                Command,
                StressOrder,
                StressAccepted {}
