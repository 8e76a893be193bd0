using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
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
    IOptions<ErasureOptions> options,
    TimeProvider clock,
    ICorpusLog? log = null) : IDisposable
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
    /// <exception cref="ServiceException">The corpus does not exist or is damaged, or the disk fails.</exception>
    public async Task<Erasure> StartAsync(
        string corpusId, Func<Document, bool> isWanted, string requestId, bool byRetention, CancellationToken cancellationToken)
    {
        if (log is not null)
        {
            throw Fault.ErasureInCluster(ResourceNames.Corpus(corpusId));
        }

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
                if (found.Items.Count == 0 && byRetention)
                {
                    return row.Receipt;
                }

                if (found.Items.Count == 0)
                {
                    await threads.Writer(corpusId).RunAsync(() => table.Add(row, options.Value.MaxStored), cancellationToken);
                    return row.Receipt;
                }

                Erasure receipt = row.Receipt.Clone();
                RunningErasure running = new(row, Task.CompletedTask);
                running.Know(found);
                if (await corpus.HideAsync(found, () => Commit(running), cancellationToken))
                {
                    await Task.Run(models.HideErased, CancellationToken.None);
                    running.Quiet = fits.RestartReaders(corpusId);
                    signal.Set();
                    return receipt;
                }
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _starting.Dispose();

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
