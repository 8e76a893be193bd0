using System.Data.Common;
using Microsoft.Extensions.Logging;
using TopicGrpc.Server.Members;

namespace TopicGrpc.Cluster.Members;

/// <summary>
/// What the thread of the lease does for a member in addition to its renewals: it records that the member works, declares members dead
/// whose leases have expired, and reads the list of members if it has changed. These two read the rows of all members. In a large cluster
/// the members take turns, so that the database does the same work for any number of members.
/// </summary>
internal sealed class MemberHeartbeat
{
    /// <summary>Members that search for dead ones and for changes of the list within one interval.</summary>
    public const int SearchesPerInterval = 64;

    private readonly MemberIdentity _identity;
    private readonly long _epoch;
    private readonly TimeSpan _leaseTimeout;
    private readonly ILogger _logger;
    private string _digest = "";
    private uint _beats;
    private MemberList _list;

    private MemberHeartbeat(MemberIdentity identity, long epoch, TimeSpan leaseTimeout, ILogger logger, MemberList list)
    {
        _identity = identity;
        _epoch = epoch;
        _leaseTimeout = leaseTimeout;
        _logger = logger;
        _list = list;

        // Members that start together take different turns.
        _beats = (uint)identity.Id.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>Id of the member.</summary>
    public string Id => _identity.Id;

    /// <summary>Epoch of its lease.</summary>
    public long Epoch => _epoch;

    /// <summary>Time between two renewals of the lease.</summary>
    public TimeSpan Interval => _identity.HeartbeatInterval;

    /// <summary>The members. Heartbeats and applied changes are those of the last <see cref="Refresh"/>.</summary>
    public MemberList List => Volatile.Read(ref _list);

    /// <summary>Registers a member that has acquired its lease.</summary>
    public static MemberHeartbeat Start(
        DbConnection connection, MemberIdentity identity, long epoch, TimeSpan leaseTimeout, ILogger logger)
    {
        MemberTable.Register(connection, identity, epoch);
        return new MemberHeartbeat(identity, epoch, leaseTimeout, logger, Read(connection, identity.Id, epoch, before: null));
    }

    /// <summary>Runs after each renewal of the lease.</summary>
    /// <param name="connection">Connection without a transaction.</param>
    /// <param name="deletes">Whether old rows are deleted.</param>
    public void Beat(DbConnection connection, bool deletes)
    {
        bool isDraining = MemberTable.Beat(connection, Id, _epoch, _leaseTimeout);
        if (deletes)
        {
            MemberTable.DeleteDead(connection);
        }

        if (_beats++ % BeatsPerSearch == 0)
        {
            Search(connection);
        }

        if (isDraining != (List.Own.State == MemberState.Draining))
        {
            Refresh(connection);
        }
    }

    /// <summary>Reads the list of members.</summary>
    public MemberList Refresh(DbConnection connection)
    {
        MemberList list = Read(connection, Id, _epoch, List);
        Volatile.Write(ref _list, list);
        return list;
    }

    /// <summary>Removes the member from the table, before its lease is released.</summary>
    public void Leave(DbConnection connection) => MemberTable.Leave(connection, Id, _epoch);

    private uint BeatsPerSearch => (uint)Math.Max(1, (List.All.Count + SearchesPerInterval - 1) / SearchesPerInterval);

    private void Search(DbConnection connection)
    {
        foreach (string dead in MemberTable.DeclareDead(connection, Id, _epoch, _leaseTimeout))
        {
            Log.DeclaredDead(_logger, dead);
        }

        // Read before the list: a change between the two is found by the next search.
        string digest = MemberTable.Digest(connection);
        if (digest != _digest)
        {
            Refresh(connection);
            _digest = digest;
        }
    }

    private static MemberList Read(DbConnection connection, string id, long epoch, MemberList? before)
    {
        List<Member> members = MemberTable.Read(connection);

        // Declared dead: the row is missing or of a later process. The lease reports it; until then this member sees itself as dead.
        Member own = members.Find(member => member.Id == id && member.Epoch == epoch)
            ?? before!.Own with { State = MemberState.Dead };
        return new MemberList(own, members);
    }
}
