using Grpc.Core;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Testing.Mapping;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Shared.Content;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Moves labels, stores traffic policies, and sends the events of a watch.</summary>
internal sealed partial class FakeModelService
{
    private const int DefaultDisagreements = 50;

    public override Task<Wire.SetLabelResponse> SetLabel(Wire.SetLabelRequest request, ServerCallContext context) =>
        Task.FromResult(models.With(
        WireNames.Id(request.Model), line =>
        {
            line.CheckEtag(request.Etag);
            long before = line.Point(request.Label, request.VersionNumber);
            return new Wire.SetLabelResponse { Model = ModelToWire.Map(line.Info), PreviousVersionNumber = before };
        }));

    public override Task<Wire.RollbackLabelResponse> RollbackLabel(Wire.RollbackLabelRequest request, ServerCallContext context) =>
        Task.FromResult(models.With(
        WireNames.Id(request.Model), line =>
        {
            line.CheckEtag(request.Etag);
            long version = line.Rollback(request.Label);
            return new Wire.RollbackLabelResponse { Model = ModelToWire.Map(line.Info), VersionNumber = version };
        }));

    public override Task<Wire.SetTrafficPolicyResponse> SetTrafficPolicy(Wire.SetTrafficPolicyRequest request, ServerCallContext context) =>
        Task.FromResult(models.With(
        WireNames.Id(request.Model), line =>
        {
            line.SetPolicy(TrafficMapping.Map(request.TrafficPolicy) ?? TrafficPolicy.None, request.Etag);
            return new Wire.SetTrafficPolicyResponse { Model = ModelToWire.Map(line.Info) };
        }));

    public override Task<Wire.GetShadowReportResponse> GetShadowReport(Wire.GetShadowReportRequest request, ServerCallContext context)
    {
        int most = request.MaxDisagreements > 0 ? request.MaxDisagreements : DefaultDisagreements;
        return Task.FromResult(models.With(WireNames.Id(request.Model), line => ModelToWire.Map(line.ShadowReport, most)));
    }

    public override async Task WatchModel(
        Wire.WatchModelRequest request, IServerStreamWriter<Wire.WatchModelResponse> responseStream, ServerCallContext context)
    {
        string model = WireNames.Id(request.Name);
        Wire.WatchModelResponse? sent = null;
        while (true)
        {
            (Wire.WatchModelResponse state, Task changed) = models.With(model, line => (State(line, sent), line.Changed));
            await responseStream.WriteAsync(state, context.CancellationToken).ConfigureAwait(false);
            sent = state;
            await changed.WaitAsync(context.CancellationToken).ConfigureAwait(false);
        }
    }

    private static Wire.WatchModelResponse State(ModelLine line, Wire.WatchModelResponse? sent)
    {
        Wire.WatchModelResponse state =
            new() { Model = ModelToWire.Map(line.Info), ModelVersions = { line.Versions.Select(ModelToWire.Map).Select(Summary.Event) } };
        IEnumerable<Wire.ModelVersion> before =
            (sent?.ModelVersions ?? []).Where(static version => version.State == Wire.ModelVersion.Types.State.Ready);
        foreach (Wire.ModelVersion gone in before
            .ExceptBy(state.ModelVersions.Select(static version => version.Name), static version => version.Name).ToArray())
        {
            Wire.ModelVersion deleted = gone.Clone();
            deleted.State = Wire.ModelVersion.Types.State.Deleted;
            state.ModelVersions.Add(deleted);
        }

        return state;
    }
}
