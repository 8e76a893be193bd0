using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Errors;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Corpora;

/// <summary>Changes of a corpus, and the erasure of its documents.</summary>
public partial class CorporaClient
{
    private static readonly TimeSpan DefaultPollInterval = TimeSpan.FromMilliseconds(250);

    private static readonly RpcMethod UpdateMethod = RpcMethod.Of(
        Wire.CorpusService.Descriptor, nameof(Wire.CorpusService.CorpusServiceClient.UpdateCorpus));
    private static readonly RpcMethod DeleteDocumentsMethod = RpcMethod.Of(
        Wire.CorpusService.Descriptor, nameof(Wire.CorpusService.CorpusServiceClient.DeleteDocuments));
    private static readonly RpcMethod GetErasureMethod = RpcMethod.Of(
        Wire.CorpusService.Descriptor, nameof(Wire.CorpusService.CorpusServiceClient.GetErasure));

    /// <summary>Changes the display name or the retention of a corpus.</summary>
    /// <param name="corpus">Id of the corpus.</param>
    /// <param name="options">The changes.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The corpus after the change.</returns>
    /// <exception cref="ResourceNotFoundException">The corpus does not exist.</exception>
    /// <exception cref="InvalidRequestException">A value is out of range.</exception>
    public virtual async Task<CorpusInfo> UpdateAsync(
        string corpus, UpdateCorpusOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Wire.UpdateCorpusRequest request = new()
        {
            Name = WireNames.Corpus(corpus),
            Retention = options.Retention is { } retention ? Duration.FromTimeSpan(retention) : null,
        };
        if (options.DisplayName is { } displayName)
        {
            request.DisplayName = displayName;
        }

        Wire.UpdateCorpusResponse response = await _core.Calls.RunAsync(
            UpdateMethod, CallClass.Admin, _stub.UpdateCorpusAsync, request, cancellationToken).ConfigureAwait(false);
        return CorpusMapping.Map(response.Corpus);
    }

    /// <summary>
    /// Erases documents by id. When the call returns, the deletion is durable, and fits, lists, charts and explanations of all versions
    /// leave the documents out. <see cref="WaitForErasureAsync"/> waits until their bytes are removed.
    /// </summary>
    /// <param name="corpus">Id of the corpus.</param>
    /// <param name="documentIds">Ids, 1 to 10,000; ids that the corpus does not have are ignored.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The erasure.</returns>
    /// <exception cref="ResourceNotFoundException">The corpus does not exist.</exception>
    /// <exception cref="InvalidRequestException">There are too many ids, or none.</exception>
    public virtual Task<ErasureInfo> DeleteDocumentsAsync(
        string corpus, IEnumerable<string> documentIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentIds);
        return DeleteDocumentsAsync(
            new Wire.DeleteDocumentsRequest { Corpus = WireNames.Corpus(corpus), Ids = new() { Values = { documentIds } } },
            cancellationToken);
    }

    /// <summary>Erases documents by time and attributes, as the other overload does.</summary>
    /// <param name="corpus">Id of the corpus.</param>
    /// <param name="filter">Which documents.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The erasure.</returns>
    /// <exception cref="ResourceNotFoundException">The corpus does not exist.</exception>
    /// <exception cref="InvalidRequestException">The filter has no condition, or its times contradict each other.</exception>
    public virtual Task<ErasureInfo> DeleteDocumentsAsync(
        string corpus, DocumentFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return DeleteDocumentsAsync(
            new Wire.DeleteDocumentsRequest { Corpus = WireNames.Corpus(corpus), Filter = ErasureMapping.Map(filter) },
            cancellationToken);
    }

    /// <summary>Returns the receipt of an erasure: what was found where, and when the bytes were removed.</summary>
    /// <param name="corpus">Id of the corpus.</param>
    /// <param name="erasure">Id of the erasure.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such receipt.</exception>
    public virtual async Task<ErasureInfo> GetErasureAsync(string corpus, string erasure, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(erasure);
        Wire.GetErasureRequest request = new() { Name = $"{WireNames.Corpus(corpus)}/erasures/{erasure}" };
        Wire.GetErasureResponse response = await _core.Calls.RunAsync(
            GetErasureMethod, CallClass.Read, _stub.GetErasureAsync, request, cancellationToken).ConfigureAwait(false);
        return ErasureMapping.Map(response.Erasure);
    }

    /// <summary>Waits until the bytes of an erasure are removed from all files.</summary>
    /// <param name="corpus">Id of the corpus.</param>
    /// <param name="erasure">Id of the erasure.</param>
    /// <param name="pollInterval">Time between two calls; null: 250 milliseconds.</param>
    /// <param name="cancellationToken">Stops the wait; the erasure continues.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such receipt.</exception>
    public virtual async Task<ErasureInfo> WaitForErasureAsync(
        string corpus, string erasure, TimeSpan? pollInterval = null, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            ErasureInfo receipt = await GetErasureAsync(corpus, erasure, cancellationToken).ConfigureAwait(false);
            if (receipt.State == ErasureState.Succeeded)
            {
                return receipt;
            }

            await Task.Delay(pollInterval ?? DefaultPollInterval, _core.Options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ErasureInfo> DeleteDocumentsAsync(Wire.DeleteDocumentsRequest request, CancellationToken cancellationToken)
    {
        // A retry after a lost answer returns the receipt of the first attempt, which has found the documents.
        request.RequestId = Guid.NewGuid().ToString("N");
        Wire.DeleteDocumentsResponse response = await _core.Calls.RunAsync(
            DeleteDocumentsMethod, CallClass.Admin, _stub.DeleteDocumentsAsync, request, cancellationToken).ConfigureAwait(false);
        return ErasureMapping.Map(response.Erasure);
    }
}
