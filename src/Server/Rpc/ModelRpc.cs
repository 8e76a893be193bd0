using Grpc.Core;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Shadowing;
using TopicGrpc.Server.Transfers;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>ModelService</c>.</summary>
internal sealed class ModelRpc(
    ModelRegistry models, ShadowTallies shadows, DerivationAdmission derivation, VersionComparer comparer, ImportStream imports, ExportStream exports, ModelWatch watch, TimeProvider clock) : ModelService.ModelServiceBase
{
    /// <inheritdoc/>
    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context)
    {
        int size = Paging.Size(request.PageSize);
        string after = Paging.Key(request.PageToken);
        ModelRoute[] page = [.. models.Current.Models.Values.Where(model => string.CompareOrdinal(model.Id, after) > 0).Take(size + 1)];
        ListModelsResponse response = new() { NextPageToken = page.Length > size ? Paging.Token(page[size - 1].Id) : string.Empty };
        response.Models.AddRange(page.Take(size).Select(ModelMapping.ToProto));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<GetModelResponse> GetModel(GetModelRequest request, ServerCallContext context) =>
        Task.FromResult(new GetModelResponse { Model = ModelMapping.ToProto(models.Current.Model(RequestNames.ParseModel(request.Name, "name"))) });

    /// <inheritdoc/>
    public override Task<ListVersionsResponse> ListVersions(ListVersionsRequest request, ServerCallContext context)
    {
        int size = Paging.Size(request.PageSize);
        long before = Paging.Number(request.PageToken) ?? long.MaxValue;
        ModelRoute model = models.Current.Model(RequestNames.ParseModel(request.Parent, "parent"));
        VersionEntry[] page = [.. model.Known.Where(entry => entry.Record.VersionNumber < before).Take(size + 1)];
        ListVersionsResponse response = new();
        int next = BoundedPage.Take(page, 0, size, ModelMapping.ToProto, response.ModelVersions);
        response.NextPageToken = next < page.Length ? Paging.Token(page[next - 1].Record.VersionNumber) : string.Empty;
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<GetVersionResponse> GetVersion(GetVersionRequest request, ServerCallContext context)
    {
        (string model, long number) = RequestNames.ParseVersion(request.Name, "name");
        return Task.FromResult(VersionPages.Read(models, model, number, request.PageToken));
    }

    /// <inheritdoc/>
    public override async Task<SetLabelResponse> SetLabel(SetLabelRequest request, ServerCallContext context)
    {
        string model = RequestNames.ParseModel(request.Model, "model");
        string label = RequestNames.CheckLabel(request.Label, "label");
        (ModelRoute route, long previous) = await models.SetLabelAsync(model, label, request.VersionNumber, request.Etag, context.CancellationToken);
        return new SetLabelResponse { Model = ModelMapping.ToProto(route), PreviousVersionNumber = previous };
    }

    /// <inheritdoc/>
    public override async Task<RollbackLabelResponse> RollbackLabel(RollbackLabelRequest request, ServerCallContext context)
    {
        string model = RequestNames.ParseModel(request.Model, "model");
        string label = RequestNames.CheckLabel(request.Label, "label");
        (ModelRoute route, long number) = await models.RollbackLabelAsync(model, label, request.Etag, context.CancellationToken);
        return new RollbackLabelResponse { Model = ModelMapping.ToProto(route), VersionNumber = number };
    }

    /// <inheritdoc/>
    public override Task<CompareModelVersionsResponse> CompareModelVersions(CompareModelVersionsRequest request, ServerCallContext context) =>
        comparer.CompareAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<SetTrafficPolicyResponse> SetTrafficPolicy(SetTrafficPolicyRequest request, ServerCallContext context)
    {
        string model = RequestNames.ParseModel(request.Model, "model");
        TrafficRoute traffic = TrafficMapping.FromProto(request.TrafficPolicy ?? new TrafficPolicy(), clock.GetUtcNow());
        return new SetTrafficPolicyResponse { Model = ModelMapping.ToProto(await models.SetTrafficAsync(model, traffic, request.Etag, context.CancellationToken)) };
    }

    /// <inheritdoc/>
    public override Task<GetShadowReportResponse> GetShadowReport(GetShadowReportRequest request, ServerCallContext context)
    {
        string model = RequestNames.ParseModel(request.Model, "model");
        int pairs = Paging.Size(request.MaxDisagreements);
        TrafficRoute traffic = models.Current.Model(model).Traffic is { Shadow: > 0 } shadowed ? shadowed : throw Fault.NotAvailable($"The traffic policy of '{request.Model}' names no shadow version.");
        ShadowTally tally = shadows.Of(traffic);
        return Task.FromResult(ShadowMapping.ToProto(model, traffic.Shadow, tally.Since, tally.Read(pairs)));
    }

    /// <inheritdoc/>
    public override async Task<DeriveVersionResponse> DeriveVersion(DeriveVersionRequest request, ServerCallContext context) =>
        new() { Fit = await derivation.StartAsync(request, context.CancellationToken) };

    /// <inheritdoc/>
    public override Task<ImportModelResponse> ImportModel(IAsyncStreamReader<ImportModelRequest> requestStream, ServerCallContext context) =>
        imports.RunAsync(requestStream, context.CancellationToken);

    /// <inheritdoc/>
    public override Task ExportModel(ExportModelRequest request, IServerStreamWriter<ExportModelResponse> responseStream, ServerCallContext context) =>
        exports.RunAsync(request, responseStream, context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<DeleteVersionResponse> DeleteVersion(DeleteVersionRequest request, ServerCallContext context)
    {
        (string model, long number) = RequestNames.ParseVersion(request.Name, "name");
        return await models.DeleteVersionAsync(model, number, context.CancellationToken) || request.AllowMissing
            ? new DeleteVersionResponse()
            : throw Fault.VersionNotFound(ResourceNames.Model(model), number);
    }

    /// <inheritdoc/>
    public override Task WatchModel(WatchModelRequest request, IServerStreamWriter<WatchModelResponse> responseStream, ServerCallContext context) =>
        watch.RunAsync(RequestNames.ParseModel(request.Name, "name"), responseStream, context.CancellationToken);
}
