using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Corpora;

/// <summary>Corpora and their documents. Thread-safe.</summary>
public partial class CorporaClient
{
    private static readonly RpcMethod CreateMethod = RpcMethod.Of(
        Wire.CorpusService.Descriptor, nameof(Wire.CorpusService.CorpusServiceClient.CreateCorpus));
    private static readonly RpcMethod GetMethod = RpcMethod.Of(
        Wire.CorpusService.Descriptor, nameof(Wire.CorpusService.CorpusServiceClient.GetCorpus));
    private static readonly RpcMethod ListMethod = RpcMethod.Of(
        Wire.CorpusService.Descriptor, nameof(Wire.CorpusService.CorpusServiceClient.ListCorpora));
    private static readonly RpcMethod DeleteMethod = RpcMethod.Of(
        Wire.CorpusService.Descriptor, nameof(Wire.CorpusService.CorpusServiceClient.DeleteCorpus));

    private readonly ClientCore _core = null!;
    private readonly Wire.CorpusService.CorpusServiceClient _stub = null!;

    /// <summary>Creates a fake that overrides the members.</summary>
    protected CorporaClient()
    {
    }

    internal CorporaClient(ClientCore core)
    {
        _core = core;
        _stub = new Wire.CorpusService.CorpusServiceClient(core.Invoker);
    }

    /// <summary>Creates an empty corpus.</summary>
    /// <param name="corpus">Id, matching <c>[a-z]([a-z0-9-]{0,61}[a-z0-9])?</c>.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The corpus.</returns>
    /// <exception cref="TopicGrpcException">
    /// The corpus exists and <see cref="CreateCorpusOptions.AllowExisting"/> is false; status <see cref="TopicGrpcStatus.AlreadyExists"/>.
    /// </exception>
    public virtual async Task<CorpusInfo> CreateAsync(
        string corpus, CreateCorpusOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new CreateCorpusOptions();
        Wire.CreateCorpusRequest request = new()
        {
            CorpusId = WireNames.Id(WireNames.Corpus(corpus)),
            Corpus = new Wire.Corpus
            {
                DisplayName = options.DisplayName,
                Retention = options.Retention == TimeSpan.Zero ? null : Duration.FromTimeSpan(options.Retention),
                GivenEmbeddings = CorpusMapping.Map(options.GivenEmbeddings),
            },
            RequestId = Guid.NewGuid().ToString("N"),
        };
        try
        {
            Wire.CreateCorpusResponse response =
                await _core.Calls.RunAsync(
                    CreateMethod, CallClass.Admin, _stub.CreateCorpusAsync, request, cancellationToken).ConfigureAwait(false);
            return CorpusMapping.Map(response.Corpus);
        }
        catch (TopicGrpcException exists) when (options.AllowExisting && exists.Reason == ErrorReasons.CorpusExists)
        {
            return await GetAsync(corpus, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns one corpus.</summary>
    /// <param name="corpus">Its id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The corpus.</returns>
    /// <exception cref="ResourceNotFoundException">The corpus does not exist.</exception>
    public virtual async Task<CorpusInfo> GetAsync(string corpus, CancellationToken cancellationToken = default)
    {
        Wire.GetCorpusRequest request = new() { Name = WireNames.Corpus(corpus) };
        Wire.GetCorpusResponse response =
            await _core.Calls.RunAsync(GetMethod, CallClass.Read, _stub.GetCorpusAsync, request, cancellationToken).ConfigureAwait(false);
        return CorpusMapping.Map(response.Corpus);
    }

    /// <summary>Lists corpora by name.</summary>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>Corpora.</returns>
    public virtual IAsyncEnumerable<CorpusInfo> ListAsync(CancellationToken cancellationToken = default) => Paging.ReadAsync(
        (token, ct) => _core.Calls.RunAsync(
            ListMethod, CallClass.Read, _stub.ListCorporaAsync, new Wire.ListCorporaRequest { PageToken = token }, ct),
        static page => page.Corpora.Select(CorpusMapping.Map),
        static page => page.NextPageToken,
        cancellationToken);

    /// <summary>Deletes a corpus with its documents. Models fitted on it remain usable.</summary>
    /// <param name="corpus">Its id.</param>
    /// <param name="allowMissing">Whether the call succeeds if the corpus does not exist.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends with the call.</returns>
    /// <exception cref="ResourceNotFoundException">The corpus does not exist and <paramref name="allowMissing"/> is false.</exception>
    public virtual async Task DeleteAsync(string corpus, bool allowMissing = false, CancellationToken cancellationToken = default)
    {
        Wire.DeleteCorpusRequest request = new() { Name = WireNames.Corpus(corpus), AllowMissing = allowMissing };
        await _core.Calls.RunAsync(
            DeleteMethod, CallClass.Admin, _stub.DeleteCorpusAsync, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Streams documents into a corpus and returns when all are stored. After a broken connection or a restart of the server, the stream
    /// resumes after the last acknowledged document. <see cref="IngestOptions.MaxChunksInFlight"/> bounds the memory for unacknowledged
    /// documents.
    /// </summary>
    /// <param name="corpus">Id of the corpus; it must exist.</param>
    /// <param name="documents">Documents; read once, no faster than the server accepts them.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives the progress at every acknowledgment.</param>
    /// <param name="cancellationToken">Stops the stream; acknowledged documents remain stored.</param>
    /// <returns>The result.</returns>
    /// <exception cref="IngestRejectedException">
    /// Documents were rejected and <see cref="IngestOptions.ThrowOnRejection"/> is true; all others are stored.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">The corpus does not exist.</exception>
    /// <exception cref="ServerUnavailableException">No server was reachable for <see cref="RetryOptions.ReconnectTimeout"/>.</exception>
    public virtual async Task<IngestResult> IngestAsync(
        string corpus,
        IAsyncEnumerable<TopicDocument> documents,
        IngestOptions? options = null,
        IProgress<IngestProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        options = (options ?? new IngestOptions()).Validated();
        DocumentSource source = new(documents.GetAsyncEnumerator(cancellationToken));
        await using (source.ConfigureAwait(false))
        {
            IngestUpload upload = new(_core, _stub, WireNames.Corpus(corpus), options, source, progress);
            try
            {
                return await upload.RunAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The exception carries the caller's token instead of the token of a connection.
                throw new OperationCanceledException(cancellationToken);
            }
        }
    }
}
