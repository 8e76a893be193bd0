using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Selectors;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Models;

/// <summary>Models, their versions and labels. Thread-safe.</summary>
public partial class ModelsClient
{
    private static readonly RpcMethod ListMethod = RpcMethod.Of(
        Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.ListModels));
    private static readonly RpcMethod GetMethod = RpcMethod.Of(
        Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.GetModel));
    private static readonly RpcMethod ListVersionsMethod = RpcMethod.Of(
        Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.ListVersions));
    private static readonly RpcMethod GetVersionMethod = RpcMethod.Of(
        Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.GetVersion));
    private static readonly RpcMethod DeriveMethod = RpcMethod.Of(
        Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.DeriveVersion));
    private static readonly RpcMethod CompareMethod = RpcMethod.Of(
        Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.CompareModelVersions));
    private static readonly RpcMethod SetLabelMethod = RpcMethod.Of(
        Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.SetLabel));
    private static readonly RpcMethod DeleteMethod = RpcMethod.Of(
        Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.DeleteVersion));

    private readonly ClientCore _core = null!;
    private readonly FitsClient _fits = null!;
    private readonly Wire.ModelService.ModelServiceClient _stub = null!;

    /// <summary>Creates a fake that overrides the members.</summary>
    protected ModelsClient()
    {
    }

    internal ModelsClient(ClientCore core, FitsClient fits)
    {
        _core = core;
        _fits = fits;
        _stub = new Wire.ModelService.ModelServiceClient(core.Invoker);
    }

    /// <summary>Lists models by name.</summary>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>Models.</returns>
    public virtual IAsyncEnumerable<ModelInfo> ListAsync(CancellationToken cancellationToken = default) => Paging.ReadAsync(
        (token, ct) => _core.Calls.RunAsync(
            ListMethod, CallClass.Read, _stub.ListModelsAsync, new Wire.ListModelsRequest { PageToken = token }, ct),
        static page => page.Models.Select(ModelMapping.Map),
        static page => page.NextPageToken,
        cancellationToken);

    /// <summary>Returns one model.</summary>
    /// <param name="model">Its id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The model.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model does not exist.</exception>
    public virtual async Task<ModelInfo> GetAsync(string model, CancellationToken cancellationToken = default)
    {
        Wire.GetModelRequest request = new() { Name = WireNames.Model(model) };
        Wire.GetModelResponse response =
            await _core.Calls.RunAsync(GetMethod, CallClass.Read, _stub.GetModelAsync, request, cancellationToken).ConfigureAwait(false);
        return ModelMapping.Map(response.Model);
    }

    /// <summary>Compares the topics of two versions.</summary>
    /// <param name="before">The older version, such as <c>news@3</c> or <c>news@stable</c>.</param>
    /// <param name="after">The newer version, of the same model or another.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    public virtual async Task<VersionComparison> CompareAsync(
        ModelSelector before, ModelSelector after, CancellationToken cancellationToken = default)
    {
        Wire.CompareModelVersionsRequest request =
            new() { BaseSelector = SelectorMapping.Map(before), Selector = SelectorMapping.Map(after) };
        Wire.CompareModelVersionsResponse response =
            await _core.Calls.RunAsync(
                CompareMethod, CallClass.Admin, _stub.CompareModelVersionsAsync, request, cancellationToken).ConfigureAwait(false);
        return ComparisonMapping.Map(response);
    }

    /// <summary>Lists the versions of a model, newest first, without their settings and operations.</summary>
    /// <param name="model">Its id.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>Versions.</returns>
    public virtual IAsyncEnumerable<ModelVersion> ListVersionsAsync(string model, CancellationToken cancellationToken = default)
    {
        string parent = WireNames.Model(model);
        return Paging.ReadAsync(
            (token, ct) => _core.Calls.RunAsync(
                ListVersionsMethod,
                CallClass.Read,
                _stub.ListVersionsAsync,
                new Wire.ListVersionsRequest { Parent = parent, PageToken = token },
                ct),
            static page => page.ModelVersions.Select(ModelMapping.Map),
            static page => page.NextPageToken,
            cancellationToken);
    }

    /// <summary>
    /// Returns one version with its report, settings and operation. A version with large settings takes several calls, so that no response
    /// exceeds the default of <c>MaxReceiveMessageBytes</c>.
    /// </summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="version">Number, 1 or more.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The version.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model or version does not exist.</exception>
    public virtual async Task<ModelVersion> GetVersionAsync(string model, long version, CancellationToken cancellationToken = default)
    {
        string name = WireNames.Version(model, version);
        return ModelMapping.Map(await Paging.MergeAsync(
            token => _core.Calls.RunAsync(
                GetVersionMethod,
                CallClass.Read,
                _stub.GetVersionAsync,
                new Wire.GetVersionRequest { Name = name, PageToken = token },
                cancellationToken),
            static page => page.ModelVersion,
            static page => page.NextPageToken).ConfigureAwait(false));
    }

    /// <summary>Points a label at a version. New calls use the version; running calls keep theirs.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="label">
    /// Label, matching <c>[a-z][a-z0-9_]{0,62}</c>; the version of <c>stable</c> answers calls that name no version.
    /// </param>
    /// <param name="version">Version.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The model after the change and the previous version.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model or version does not exist.</exception>
    public virtual Task<LabelChange> SetLabelAsync(
        string model, string label, long version, CancellationToken cancellationToken = default) =>
        SetLabelAsync(model, label, version, etag: null, cancellationToken);

    /// <summary>Points a label at a version if the etag of the model is current.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="label">
    /// Label, matching <c>[a-z][a-z0-9_]{0,62}</c>; the version of <c>stable</c> answers calls that name no version.
    /// </param>
    /// <param name="version">Version.</param>
    /// <param name="etag">
    /// <see cref="ModelInfo.Etag"/> that the change is based on; the call fails if it is stale. Null: not compared.
    /// </param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The model after the change and the previous version.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model or version does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">The version cannot serve, or the etag is stale (ETAG_MISMATCH).</exception>
    public virtual async Task<LabelChange> SetLabelAsync(
        string model,
        string label,
        long version,
        string? etag,
        CancellationToken cancellationToken = default)
    {
        Wire.SetLabelRequest request = new() { Model = WireNames.Model(model), Label = label, VersionNumber = version, Etag = etag ?? "" };
        Wire.SetLabelResponse response = await _core.Calls.RunAsync(
            SetLabelMethod, CallClass.Admin, _stub.SetLabelAsync, request, cancellationToken).ConfigureAwait(false);
        return new LabelChange(
            ModelMapping.Map(response.Model), response.PreviousVersionNumber == 0 ? null : response.PreviousVersionNumber);
    }

    /// <summary>
    /// Queues an operation on the topics of a version and returns immediately. The result is a new version of the same model; the parent
    /// version does not change.
    /// </summary>
    /// <param name="parent">Parent version.</param>
    /// <param name="operation">Operation.</param>
    /// <param name="options">Labels and request id; null for none.</param>
    /// <param name="cancellationToken">Stops the call, not a derivation that is already queued.</param>
    /// <returns>A handle of the derivation.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.InvalidRequestException">The operation is invalid for the version.</exception>
    /// <exception cref="Errors.OverloadedException">The queue of fits is full.</exception>
    /// <exception cref="Errors.TopicGrpcException">
    /// The version or its corpus lacks data that the operation needs (NOT_AVAILABLE), or another failure.
    /// </exception>
    public virtual async Task<FitHandle> DeriveAsync(
        ModelSelector parent, VersionOperation operation, DeriveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        Wire.DeriveVersionRequest request = new()
        {
            Selector = SelectorMapping.Map(parent),
            Operation = OperationMapping.Map(operation),
            AssignLabels = { options?.Labels ?? [] },
            RequestId = options?.RequestId ?? Guid.NewGuid().ToString("N"),
        };
        Wire.DeriveVersionResponse response =
            await _core.Calls.RunAsync(
                DeriveMethod, CallClass.Admin, _stub.DeriveVersionAsync, request, cancellationToken).ConfigureAwait(false);
        return new FitHandle(_fits, WireNames.Id(response.Fit.Name));
    }

    /// <summary>Deletes a version permanently. Running calls keep it until they end.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="version">Number.</param>
    /// <param name="allowMissing">Whether the call succeeds if the version does not exist.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends with the call.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model or version does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">
    /// A label or a traffic policy names the version, or it answers calls that name no version (IN_USE).
    /// </exception>
    public virtual async Task DeleteVersionAsync(
        string model, long version, bool allowMissing = false, CancellationToken cancellationToken = default)
    {
        Wire.DeleteVersionRequest request = new() { Name = WireNames.Version(model, version), AllowMissing = allowMissing };
        await _core.Calls.RunAsync(
            DeleteMethod, CallClass.Admin, _stub.DeleteVersionAsync, request, cancellationToken).ConfigureAwait(false);
    }
}
