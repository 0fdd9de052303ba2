package dev.muster.bus;

/** What travels over the event bus. Permits exactly the records that {@link BusCodecs} registers. */
public sealed interface Message
        permits Registration,
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
                Command {}
