using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>All fits: those that wait or run in memory, with their events; those that ended in the database.</summary>
internal sealed class FitStore : IDisposable
{
    // Event numbers are not written one by one; after a restart they go on above this reserve.
    private const long SequenceReserve = 1_000_000;

    private readonly FitTable _table;
    private readonly TimeProvider _clock;
    private readonly FitOptions _options;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, FitJob> _live = new(StringComparer.Ordinal);
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public FitStore(FitTable table, IOptions<FitOptions> options, TimeProvider clock)
    {
        _table = table;
        _clock = clock;
        _options = options.Value;
    }

    /// <summary>Takes up the fits that the last run of the server left unfinished, in their old order.</summary>
    public void Resume()
    {
        foreach (FitRow row in _table.List(long.MaxValue, int.MaxValue, string.Empty).Where(row => !FitJob.HasEnded(row.Fit)))
        {
            FitJob job = new(row, _options.KeptEvents);
            _live[row.Id] = job;
            if (row.Fit.State == Fit.Types.State.Cancelling)
            {
                End(job, static fit => fit.State = Fit.Types.State.Cancelled);
            }
            else if (row.Attempts >= _options.MaxAttempts)
            {
                End(job, fit =>
                {
                    fit.State = Fit.Types.State.Failed;
                    fit.Error = StatusMapping.ToProto(Fault.FitGivenUp(row.Attempts));
                });
            }
            else
            {
                Save(job, job.Change(static fit =>
                {
                    fit.State = Fit.Types.State.Queued;
                    fit.Stage = Fit.Types.Stage.Unspecified;
                    fit.StageProgress = 0;
                }));
            }
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Queues a fit, or returns the one that the same request queued before.</summary>
    /// <param name="draft">What is to be done; name and times are filled in here.</param>
    /// <param name="requestId">Id of the request; empty for none.</param>
    /// <param name="request">The request, told apart by its content.</param>
    public Fit Start(Fit draft, string requestId, IMessage request)
    {
        byte[] hash = SHA256.HashData(request.ToByteArray());
        lock (_gate)
        {
            if (requestId.Length > 0 && _table.FindByRequest(requestId) is { } earlier)
            {
                return earlier.RequestSha256.AsSpan().SequenceEqual(hash) ? Get(earlier.Id) : throw Fault.RequestIdReused();
            }

            if (_live.Values.Count(static job => job.Fit.State == Fit.Types.State.Queued) >= _options.MaxQueued)
            {
                throw Fault.FitQueueFull(_options.MaxQueued);
            }

            string id = "f" + Guid.CreateVersion7(_clock.GetUtcNow()).ToString("N");
            Fit fit = draft.Clone();
            fit.Name = ResourceNames.Fit(id);
            fit.CreateTime = Now();
            FitJob job = new(_table.Add(id, fit, requestId, hash), _options.KeptEvents);
            _live[id] = job;
            Fit queued = job.Change(static fit => fit.State = Fit.Types.State.Queued);
            Save(job, queued);
            _signal.Writer.TryWrite(true);
            return queued;
        }
    }

    public Fit Get(string id) => FindLive(id)?.Fit ?? Row(id).Fit;

    /// <summary>A fit that waits or runs.</summary>
    public FitJob? FindLive(string id) => _live.GetValueOrDefault(id);

    /// <summary>The last event of a fit that has ended.</summary>
    public WatchFitResponse LastEvent(string id)
    {
        FitRow row = Row(id);
        return new WatchFitResponse { Sequence = row.LastSequence, Fit = row.Fit };
    }

    /// <summary>A fit that waits for a corpus or reads it.</summary>
    public Fit? FindUnfinished(string corpus) => _live.Values.Select(static job => job.Fit).FirstOrDefault(fit => fit.Corpus == corpus && !FitJob.HasEnded(fit));

    /// <summary>Fits before an ordinal, newest first.</summary>
    public IReadOnlyList<(long Ordinal, Fit Fit)> List(long beforeOrdinal, int count, string model) =>
        [.. _table.List(beforeOrdinal, count, model).Select(row => (row.Ordinal, FindLive(row.Id)?.Fit ?? row.Fit))];

    /// <summary>Asks a fit to stop; one that waits has ended when this returns.</summary>
    public Fit Cancel(string id)
    {
        if (FindLive(id) is not { } job)
        {
            return Row(id).Fit;
        }

        lock (_gate)
        {
            if (job.Fit.State == Fit.Types.State.Queued)
            {
                return End(job, static fit => fit.State = Fit.Types.State.Cancelled);
            }

            Fit cancelling = job.Change(static fit => fit.State = Fit.Types.State.Cancelling);
            if (!FitJob.HasEnded(cancelling))
            {
                Save(job, cancelling);
                job.Cancel();
            }

            return cancelling;
        }
    }

    /// <summary>Waits until a fit may have been queued.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken);

    /// <summary>Begins the fit that has waited longest.</summary>
    /// <returns>Null when none waits.</returns>
    public FitJob? TryBegin()
    {
        lock (_gate)
        {
            FitJob? job = _live.Values.Where(static job => job.Fit.State == Fit.Types.State.Queued).MinBy(static job => job.Ordinal);
            if (job is not null)
            {
                job.Attempts++;
                Save(job, job.Change(fit =>
                {
                    fit.State = Fit.Types.State.Running;
                    fit.StartTime = Now();
                }));
            }

            return job;
        }
    }

    /// <summary>Notes that a stop of the server, not a failure, ended this attempt: it does not count.</summary>
    public void Interrupt(FitJob job)
    {
        job.Attempts--;
        Save(job, job.Fit);
    }

    /// <summary>Ends a fit: durable first, then seen by its watchers.</summary>
    public Fit End(FitJob job, Action<Fit> change)
    {
        Timestamp now = Now();
        Fit result = job.Change(fit =>
        {
            change(fit);
            fit.EndTime = now;
            fit.Stage = Fit.Types.Stage.Unspecified;
            fit.StageProgress = 0;
            fit.DocumentsPerSecond = 0;
            _table.Update(job.Id, fit, job.Attempts, job.Sequence + 1);
        });
        _live.TryRemove(job.Id, out _);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FitJob job in _live.Values)
        {
            job.Dispose();
        }
    }

    private FitRow Row(string id) => _table.Find(id) ?? throw Fault.FitNotFound(ResourceNames.Fit(id));

    private void Save(FitJob job, Fit fit) => _table.Update(job.Id, fit, job.Attempts, job.Sequence + SequenceReserve);

    private Timestamp Now() => Timestamp.FromDateTimeOffset(_clock.GetUtcNow());
}
