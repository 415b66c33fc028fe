using System.Net.Sockets;
using Cme.Contracts;
using Cme.Storage;
using Npgsql;

namespace Cme.Grains.Hosting;

/// <summary>Tells "the database, or the silo that was asked, is away" from "we are wrong".</summary>
public static class StorageFaults
{
    /// <summary>Whether the failure, or what caused it, says that the database cannot be reached or was shutting down, or that no silo answered.</summary>
    public static bool IsAway(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            switch (failure)
            {
                // An unknown commit is told like one that failed: it was not acknowledged, and what comes again changes nothing twice.
                case StorageUnavailableException or CommitUnknownException or GrainsUnreachableException:
                    return true;
                // 57P01-57P05: shutting down, crashed, starting up; class 08: the connection; 53300: no connection left.
                case PostgresException answered:
                    return answered.SqlState.StartsWith("57P0", StringComparison.Ordinal)
                        || answered.SqlState.StartsWith("08", StringComparison.Ordinal) || answered.SqlState == "53300";
                case NpgsqlException or SocketException:
                    return true;
                case AggregateException { InnerExceptions: [_, _, ..] several }:
                    return several.Any(IsAway);
            }
        }
        return false;
    }
}
