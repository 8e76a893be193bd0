using Grpc.Core;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Shadowing;
using TopicGrpc.Server.Transfers;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>ModelService</c>.</summary>
internal sealed class ModelRpc(
    ModelQueries models,
    ModelChanges changes,
    VersionRemoval removal,
    ModelWatch watch,
    VersionComparer comparer,
    ShadowReports shadows,
    DerivationAdmission derivations,
    ImportStream imports,
    ExportStream exports) : ModelService.ModelServiceBase
{
    /// <inheritdoc/>
    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context) =>
        Task.FromResult(models.List(request, Caller.Of(context.GetHttpContext()).Grant));

    /// <inheritdoc/>
    public override Task<GetModelResponse> GetModel(GetModelRequest request, ServerCallContext context) =>
        Task.FromResult(models.Get(request));

    /// <inheritdoc/>
    public override Task<ListVersionsResponse> ListVersions(ListVersionsRequest request, ServerCallContext context) =>
        Task.FromResult(models.ListVersions(request));

    /// <inheritdoc/>
    public override Task<GetVersionResponse> GetVersion(GetVersionRequest request, ServerCallContext context) =>
        models.GetVersionAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<SetLabelResponse> SetLabel(SetLabelRequest request, ServerCallContext context) =>
        changes.SetLabelAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<RollbackLabelResponse> RollbackLabel(RollbackLabelRequest request, ServerCallContext context) =>
        changes.RollbackLabelAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<CompareModelVersionsResponse> CompareModelVersions(
        CompareModelVersionsRequest request,
        ServerCallContext context) =>
        comparer.CompareAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<SetTrafficPolicyResponse> SetTrafficPolicy(SetTrafficPolicyRequest request, ServerCallContext context) =>
        changes.SetTrafficPolicyAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<GetShadowReportResponse> GetShadowReport(GetShadowReportRequest request, ServerCallContext context) =>
        Task.FromResult(shadows.Get(request));

    /// <inheritdoc/>
    public override async Task<DeriveVersionResponse> DeriveVersion(DeriveVersionRequest request, ServerCallContext context) =>
        new() { Fit = await derivations.StartAsync(request, context.CancellationToken) };

    /// <inheritdoc/>
    public override Task<ImportModelResponse> ImportModel(
        IAsyncStreamReader<ImportModelRequest> requestStream,
        ServerCallContext context) =>
        imports.RunAsync(requestStream, CallBody.Of(context.GetHttpContext()), context.CancellationToken);

    /// <inheritdoc/>
    public override Task ExportModel(
        ExportModelRequest request,
        IServerStreamWriter<ExportModelResponse> responseStream,
        ServerCallContext context) =>
        exports.RunAsync(request, responseStream, CallBody.Of(context.GetHttpContext()), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<DeleteVersionResponse> DeleteVersion(DeleteVersionRequest request, ServerCallContext context) =>
        removal.DeleteAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task WatchModel(
        WatchModelRequest request,
        IServerStreamWriter<WatchModelResponse> responseStream,
        ServerCallContext context) =>
        watch.RunAsync(request, responseStream, context.CancellationToken);
}
