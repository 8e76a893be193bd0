using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;
using TopicGrpc.V1;
using Corpus = TopicGrpc.Server.Corpora.Corpus;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Erasing;

/// <summary>
/// Starts erasures and returns their receipts. When an erasure has started, it is durable and its documents are hidden;
/// <see cref="ErasureWorker"/> removes their bytes.
/// </summary>
internal sealed class ErasureRequests(
    CorpusStore corpora,
    ErasureTable table,
    ErasedDocuments erased,
    ErasureSignal signal,
    FitStore fits,
    ModelRegistry models,
    DiskThreads threads,
    IChangeFeed changes,
    IOptions<ErasureOptions> options,
    TimeProvider clock) : IDisposable
{
    // One at a time, so that a request id and a document count once.
    private readonly SemaphoreSlim _starting = new(1);

    public async Task<DeleteDocumentsResponse> DeleteAsync(DeleteDocumentsRequest request, Grant grant, CancellationToken cancellationToken)
    {
        string corpus = RequestNames.ParseCorpus(request.Corpus, "corpus");
        Erasure receipt = await StartAsync(
            corpus, DocumentSelection.Of(request), request.RequestId, byRetention: false, cancellationToken);
        return new DeleteDocumentsResponse { Erasure = Visible(receipt, grant) };
    }

    public async Task<GetErasureResponse> GetAsync(GetErasureRequest request, Grant grant, CancellationToken cancellationToken) => new()
    {
        Erasure = Visible(
            await table.FindAsync(request.Name, cancellationToken) ?? throw Fault.ErasureNotFound(request.Name), grant),
    };

    /// <summary>Starts an erasure.</summary>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="isWanted">Whether a document is erased.</param>
    /// <param name="requestId">Id of the request; may be empty.</param>
    /// <param name="byRetention">Whether the retention of the corpus starts it.</param>
    /// <param name="cancellationToken">Cancels the erasure before it is durable.</param>
    /// <returns>The receipt. It has succeeded already if no document was found.</returns>
    /// <exception cref="ServiceException">
    /// The corpus does not exist or is damaged, or the disk fails. The documents are erased if members are behind.
    /// </exception>
    public async Task<Erasure> StartAsync(
        string corpusId, Func<Document, bool> isWanted, string requestId, bool byRetention, CancellationToken cancellationToken)
    {
        Erasure receipt = await HideAsync(corpusId, isWanted, requestId, byRetention, cancellationToken);

        // Also for a repeated request, whose first call may have ended before all members had taken the erasure over.
        if (receipt.State == Erasure.Types.State.Running && await changes.WaitForAllAsync(cancellationToken) is { Count: > 0 } behind)
        {
            throw Fault.MembersBehind($"'{receipt.Name}' has started: the documents are erased.", behind);
        }

        return receipt;
    }

    /// <inheritdoc/>
    public void Dispose() => _starting.Dispose();

    private async Task<Erasure> HideAsync(
        string corpusId, Func<Document, bool> isWanted, string requestId, bool byRetention, CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            Corpus corpus = corpora.Get(corpusId).Corpus;
            if (await table.FindByRequestAsync(corpusId, requestId, cancellationToken) is { } earlier)
            {
                return earlier;
            }

            while (true)
            {
                FoundDocuments found = await corpus.FindAsync(isWanted, cancellationToken);
                ErasureRow row = Row(corpusId, found, requestId, byRetention);
                if (found.Items.Count == 0)
                {
                    if (!byRetention)
                    {
                        await threads.Writer(corpusId).RunAsync(() => table.Add(row, options.Value.MaxStored), cancellationToken);
                    }

                    return row.Receipt;
                }

                Erasure receipt = row.Receipt.Clone();
                if (await TryHideAsync(corpus, found, row, cancellationToken))
                {
                    return receipt;
                }
            }
        }
        catch (RequestRepeatedException)
        {
            // Another member has started it at the same time.
            return (await table.FindByRequestAsync(corpusId, requestId, cancellationToken))!;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <returns>False if the places are outdated.</returns>
    private async Task<bool> TryHideAsync(Corpus corpus, FoundDocuments found, ErasureRow row, CancellationToken cancellationToken)
    {
        RunningErasure running = new(row, quiet: changes.IsShared ? null : Task.CompletedTask);
        running.Know(found);
        if (changes.IsShared)
        {
            if (!await corpus.HideSharedAsync(
                found, connection => ErasureTable.Add(connection, row, options.Value.MaxStored), cancellationToken))
            {
                return false;
            }

            table.Added(row);
            erased.Add(running);
            await Task.Run(models.HideErased, CancellationToken.None);
        }
        else
        {
            if (!await corpus.HideAsync(found, () => Commit(running), cancellationToken))
            {
                return false;
            }

            await Task.Run(models.HideErased, CancellationToken.None);
            running.Quiet = fits.RestartReaders(corpus.Id);
        }

        signal.Set();
        return true;
    }

    private static Erasure Visible(Erasure receipt, Grant grant)
    {
        Erasure visible = receipt.Clone();
        visible.Findings.Clear();
        visible.Findings.AddRange(receipt.Findings.Where(finding =>
            !ResourceNames.TryParseVersion(finding.Resource, out string model, out _) || grant.Models.Matches(model)));
        if (!grant.IsUnrestricted)
        {
            // The paths name models and corpora of others.
            visible.Unexamined.Clear();
        }

        return visible;
    }

    private void Commit(RunningErasure running)
    {
        table.Add(running.Row, options.Value.MaxStored);
        erased.Add(running);
    }

    private ErasureRow Row(string corpusId, FoundDocuments found, string requestId, bool byRetention)
    {
        var now = Timestamp.FromDateTimeOffset(clock.GetUtcNow());
        bool isEmpty = found.Items.Count == 0;
        Erasure receipt = new()
        {
            Name = ResourceNames.Erasure(corpusId, "e" + Guid.CreateVersion7(clock.GetUtcNow()).ToString("N")),
            State = isEmpty ? Erasure.Types.State.Succeeded : Erasure.Types.State.Running,
            DocumentCount = found.Items.Count,
            TextBytes = found.Items.Sum(static item => (long)item.TextBytes),
            CreateTime = now,
            EndTime = isEmpty ? now : null,
            ByRetention = byRetention,
        };
        return new ErasureRow(corpusId, requestId, found.FileId, [.. found.Items.Select(static item => item.Place)], receipt);
    }
}
