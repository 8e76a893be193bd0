using System.Runtime.CompilerServices;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Settings;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Fits;

/// <summary>Starts, reads, watches and cancels fits. Thread-safe.</summary>
public class FitsClient
{
    private static readonly RpcMethod StartMethod = RpcMethod.Of(
        Wire.FitService.Descriptor, nameof(Wire.FitService.FitServiceClient.StartFit));
    private static readonly RpcMethod EstimateMethod = RpcMethod.Of(
        Wire.FitService.Descriptor, nameof(Wire.FitService.FitServiceClient.EstimateFit));
    private static readonly RpcMethod AssignMethod = RpcMethod.Of(
        Wire.FitService.Descriptor, nameof(Wire.FitService.FitServiceClient.AssignCorpus));
    private static readonly RpcMethod GetMethod = RpcMethod.Of(Wire.FitService.Descriptor, nameof(Wire.FitService.FitServiceClient.GetFit));
    private static readonly RpcMethod ListMethod = RpcMethod.Of(
        Wire.FitService.Descriptor, nameof(Wire.FitService.FitServiceClient.ListFits));
    private static readonly RpcMethod CancelMethod = RpcMethod.Of(
        Wire.FitService.Descriptor, nameof(Wire.FitService.FitServiceClient.CancelFit));

    private readonly ClientCore _core = null!;
    private readonly Wire.FitService.FitServiceClient _stub = null!;

    /// <summary>Creates a fake that overrides the members.</summary>
    protected FitsClient()
    {
    }

    internal FitsClient(ClientCore core)
    {
        _core = core;
        _stub = new Wire.FitService.FitServiceClient(core.Invoker);
    }

    /// <summary>Queues a fit and returns immediately.</summary>
    /// <param name="request">Model, corpus and settings.</param>
    /// <param name="cancellationToken">Stops the call, not a fit that is already queued.</param>
    /// <returns>A handle of the fit.</returns>
    /// <exception cref="Errors.ResourceNotFoundException">The corpus does not exist.</exception>
    /// <exception cref="Errors.InvalidRequestException">A setting is out of range.</exception>
    /// <exception cref="Errors.OverloadedException">The queue of fits is full.</exception>
    public virtual async Task<FitHandle> StartAsync(FitRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Wire.StartFitRequest wire = new()
        {
            Model = WireNames.Model(request.Model),
            Corpus = WireNames.Corpus(request.Corpus),
            Settings = FitSettingsMapping.Map(request.Settings),
            AssignLabels = { request.Labels },
            RequestId = request.RequestId ?? Guid.NewGuid().ToString("N"),
        };
        Wire.StartFitResponse response =
            await _core.Calls.RunAsync(StartMethod, CallClass.Admin, _stub.StartFitAsync, wire, cancellationToken).ConfigureAwait(false);
        return new FitHandle(this, WireNames.Id(response.Fit.Name));
    }

    /// <summary>Estimates time and memory of a fit without starting it.</summary>
    /// <param name="corpus">Corpus of the training documents.</param>
    /// <param name="settings">Settings; null for <see cref="FitSettings.Auto"/>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The estimate.</returns>
    /// <exception cref="Errors.ResourceNotFoundException">The corpus does not exist.</exception>
    /// <exception cref="Errors.InvalidRequestException">A setting is out of range.</exception>
    public virtual async Task<FitEstimate> EstimateAsync(
        string corpus, FitSettings? settings = null, CancellationToken cancellationToken = default)
    {
        Wire.EstimateFitRequest request = new()
        {
            Corpus = WireNames.Corpus(corpus),
            Settings = FitSettingsMapping.Map(settings ?? FitSettings.Auto),
        };
        Wire.EstimateFitResponse response = await _core.Calls.RunAsync(
            EstimateMethod, CallClass.Read, _stub.EstimateFitAsync, request, cancellationToken).ConfigureAwait(false);
        return FitMapping.Map(response.Estimate);
    }

    /// <summary>
    /// Queues an assignment and returns immediately: a job that stores topic and probability of every document of a corpus that the version
    /// has not assigned before. <see cref="FitHandle.WaitAsync"/> returns the version that assigns, with an empty report; the queries of
    /// <c>Topics</c> read the result if their corpus is given.
    /// </summary>
    /// <param name="model">Version that assigns: a model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="corpus">Id of the corpus.</param>
    /// <param name="requestId">A repeated call with the same id returns the first call's job; null for a new id.</param>
    /// <param name="cancellationToken">Stops the call, not a job that is already queued.</param>
    /// <returns>A handle of the job.</returns>
    /// <exception cref="Errors.ResourceNotFoundException">The corpus does not exist.</exception>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.OverloadedException">The queue of fits is full.</exception>
    public virtual async Task<FitHandle> AssignAsync(
        ModelSelector model, string corpus, string? requestId = null, CancellationToken cancellationToken = default)
    {
        Wire.AssignCorpusRequest wire = new()
        {
            Selector = SelectorMapping.Map(model),
            Corpus = WireNames.Corpus(corpus),
            RequestId = requestId ?? Guid.NewGuid().ToString("N"),
        };
        Wire.AssignCorpusResponse response = await _core.Calls.RunAsync(
            AssignMethod, CallClass.Admin, _stub.AssignCorpusAsync, wire, cancellationToken).ConfigureAwait(false);
        return new FitHandle(this, WireNames.Id(response.Fit.Name));
    }

    /// <summary>Creates a handle of a fit that this or another process started. Sends nothing.</summary>
    /// <param name="fit">Its id.</param>
    /// <returns>A handle of the fit.</returns>
    public virtual FitHandle Attach(string fit)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fit);
        return new FitHandle(this, WireNames.Id(fit));
    }

    /// <summary>
    /// Returns one fit with its settings or operation and, after success, its report. A fit with large settings takes several calls, so
    /// that no response exceeds the default of <c>MaxReceiveMessageBytes</c>.
    /// </summary>
    /// <param name="fit">Its id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="Errors.ResourceNotFoundException">The fit does not exist.</exception>
    public virtual async Task<FitInfo> GetAsync(string fit, CancellationToken cancellationToken = default)
    {
        string name = WireNames.Fit(fit);
        return FitMapping.Map(await Paging.MergeAsync(
            token => _core.Calls.RunAsync(
                GetMethod, CallClass.Read, _stub.GetFitAsync, new Wire.GetFitRequest { Name = name, PageToken = token }, cancellationToken),
            static page => page.Fit,
            static page => page.NextPageToken).ConfigureAwait(false));
    }

    /// <summary>Lists fits, newest first, without settings, operations and reports.</summary>
    /// <param name="model">Only fits of this model; null for all.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>Fits.</returns>
    public virtual IAsyncEnumerable<FitInfo> ListAsync(string? model = null, CancellationToken cancellationToken = default)
    {
        string filter = model is null ? "" : WireNames.Model(model);
        return Paging.ReadAsync(
            (token, ct) => _core.Calls.RunAsync(
                ListMethod, CallClass.Read, _stub.ListFitsAsync, new Wire.ListFitsRequest { Model = filter, PageToken = token }, ct),
            static page => page.Fits.Select(FitMapping.Map),
            static page => page.NextPageToken,
            cancellationToken);
    }

    /// <summary>Requests cancellation of a fit. The fit ends soon without a version; a fit that has ended does not change.</summary>
    /// <param name="fit">Its id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The fit, canceling or ended.</returns>
    /// <exception cref="Errors.ResourceNotFoundException">The fit does not exist.</exception>
    public virtual async Task<FitInfo> CancelAsync(string fit, CancellationToken cancellationToken = default)
    {
        Wire.CancelFitRequest request = new() { Name = WireNames.Fit(fit) };
        Wire.CancelFitResponse response = await _core.Calls.RunAsync(
            CancelMethod, CallClass.Admin, _stub.CancelFitAsync, request, cancellationToken).ConfigureAwait(false);
        return FitMapping.Map(response.Fit);
    }

    /// <summary>Streams the events of a fit until it ends; resumes after the last event if the connection breaks.</summary>
    /// <param name="fit">Its id.</param>
    /// <param name="afterSequence">Only events after this one; 0: from the oldest that the server retains.</param>
    /// <param name="cancellationToken">Stops the watch, not the fit.</param>
    /// <returns>Events.</returns>
    /// <exception cref="Errors.ResourceNotFoundException">The fit does not exist.</exception>
    public virtual async IAsyncEnumerable<FitEvent> WatchAsync(
        string fit, long afterSequence = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        FitWatch watch = new(_core, _stub, WireNames.Fit(fit), afterSequence);
        await foreach (Wire.WatchFitResponse response in watch.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return new FitEvent(response.Sequence, FitMapping.Map(response.Fit));
        }
    }
}
