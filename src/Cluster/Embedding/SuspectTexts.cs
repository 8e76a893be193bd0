using Microsoft.Extensions.Logging;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>
/// Texts of a corpus that may end the process that embeds them, from the records that earlier runs left. A record counts if its process is
/// dead or its text hung: several texts become suspects, one text has caused a death.
/// </summary>
internal sealed class SuspectTexts
{
    private readonly Dictionary<UInt128, int> _deaths = [];
    private readonly List<SuspectRecord> _counted = [];
    private readonly ISuspectLog _log;
    private readonly ILogger _logger;

    private SuspectTexts(ISuspectLog log, ILogger logger)
    {
        _log = log;
        _logger = logger;
    }

    /// <summary>Keys of all suspects.</summary>
    public IReadOnlySet<UInt128> Keys => _deaths.Keys.ToHashSet();

    /// <summary>Reads the records of a corpus and an encoder.</summary>
    /// <param name="context">Members, log and encoder.</param>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<SuspectTexts> ReadAsync(DispatchContext context, string corpusId, CancellationToken cancellationToken)
    {
        SuspectTexts suspects = new(context.SuspectLog, context.Logger);
        foreach (SuspectRecord record in await context.SuspectLog.ReadAsync(corpusId, context.Encoder, cancellationToken))
        {
            if (!record.IsConfirmed && context.Workers.IsAlive(record.Worker))
            {
                continue;
            }

            suspects._counted.Add(record);
            foreach (UInt128 key in record.Keys)
            {
                int deaths = suspects._deaths.GetValueOrDefault(key);
                suspects._deaths[key] = deaths + (record.Keys.Count == 1 ? 1 : 0);
            }
        }

        return suspects;
    }

    /// <summary>Returns the number of processes that a text alone has ended or hung.</summary>
    public int DeathsOf(UInt128 key) => _deaths.GetValueOrDefault(key);

    /// <summary>Removes the record of an attempt that ended no process.</summary>
    public async Task EndAsync(ChunkAttempt attempt)
    {
        if (attempt.IsRecorded)
        {
            await TryEndAsync(attempt.Id);
        }
    }

    /// <summary>Removes the records of texts that were embedded; those of texts that are left out are kept.</summary>
    /// <param name="maxDeaths">Deaths from which a text is left out.</param>
    public async Task ClearAsync(int maxDeaths)
    {
        foreach (SuspectRecord record in _counted)
        {
            if (record.Keys.Count > 1 || DeathsOf(record.Keys[0]) < maxDeaths)
            {
                await TryEndAsync(record.Attempt);
            }
        }
    }

    // A record that stays is harmless while its process runs, and later makes its texts run alone once more.
    private async Task TryEndAsync(Guid attempt)
    {
        try
        {
            await _log.EndAsync(attempt, CancellationToken.None);
        }
        catch (ServiceException unavailable)
        {
            Log.SuspectNotRecorded(_logger, unavailable);
        }
    }
}
