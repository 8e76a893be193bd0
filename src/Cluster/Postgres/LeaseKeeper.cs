using Microsoft.Extensions.Logging;
using Npgsql;
using TopicGrpc.Cluster.Members;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>
/// Renews the lease of a server on a thread of its own, and deletes old markers. An unreachable database is no reason to stop: the server
/// keeps answering predictions, and keeps the lease unless another server acquires it.
/// </summary>
internal sealed class LeaseKeeper : IDisposable
{
    private const int RenewalsPerTimeout = 4;
    private const int RenewalsPerDeletion = 100;

    private readonly NpgsqlDataSource _source;
    private readonly ServerLease _lease;
    private readonly TimeSpan _interval;
    private readonly MemberHeartbeat? _member;
    private readonly ILogger _logger;
    private readonly Action _lost;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Thread _thread;
    private bool _isFailing;

    /// <param name="source">Connections.</param>
    /// <param name="lease">The acquired lease.</param>
    /// <param name="timeout">Time after which the lease expires.</param>
    /// <param name="member">Duties of a member of a cluster; null: the server is none.</param>
    /// <param name="logger">Log.</param>
    /// <param name="lost">Called once when another server has acquired the lease.</param>
    public LeaseKeeper(
        NpgsqlDataSource source, ServerLease lease, TimeSpan timeout, MemberHeartbeat? member, ILogger logger, Action lost)
    {
        _source = source;
        _lease = lease;
        _interval = member?.Interval ?? timeout / RenewalsPerTimeout;
        _member = member;
        _logger = logger;
        _lost = lost;
        _thread = new Thread(Run) { IsBackground = true, Name = "postgres lease" };
        _thread.Start();
    }

    /// <summary>Ends the renewals and releases the lease.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _thread.Join();
        _stopping.Dispose();
    }

    private void Run()
    {
        for (int renewal = 0; !_stopping.Token.WaitHandle.WaitOne(_interval); renewal++)
        {
            if (!TryRenew(deletes: renewal % RenewalsPerDeletion == 0))
            {
                Log.LeaseLost(_logger, _lease.Epoch);
                _lost();
                return;
            }
        }

        TryRelease();
    }

    private bool TryRenew(bool deletes)
    {
        try
        {
            using NpgsqlConnection connection = _source.OpenConnection();
            bool isOwner = _lease.TryRenew(connection);
            if (isOwner && deletes)
            {
                CommitMarker.DeleteOld(connection);
            }

            if (isOwner)
            {
                _member?.Beat(connection, deletes);
            }

            _isFailing = false;
            return isOwner;
        }
        catch (Exception exception) when (PostgresErrors.Classify(exception) != Server.Errors.StorageError.None)
        {
            if (!_isFailing)
            {
                _isFailing = true;
                Log.LeaseNotRenewed(_logger, exception);
            }

            return true;
        }
    }

    private void TryRelease()
    {
        try
        {
            using NpgsqlConnection connection = _source.OpenConnection();
            _member?.Leave(connection);
            _lease.Release(connection);
        }
        catch (Exception exception) when (PostgresErrors.Classify(exception) != Server.Errors.StorageError.None)
        {
            Log.LeaseNotReleased(_logger, exception);
        }
    }
}
