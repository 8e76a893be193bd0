using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using TopicGrpc.Client.Mapping;
using TopicGrpc.Client.Models;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Shows the fake's models and moves their labels.</summary>
internal sealed class FakeModelService(FakeModels models) : Wire.ModelService.ModelServiceBase
{
    public override Task<Wire.ListModelsResponse> ListModels(Wire.ListModelsRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.ListModelsResponse { Models = { models.All().Select(Map) } });

    public override Task<Wire.GetModelResponse> GetModel(Wire.GetModelRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.GetModelResponse { Model = Map(models.Get(ResourceNames.Id(request.Name))) });

    public override Task<Wire.ListVersionsResponse> ListVersions(Wire.ListVersionsRequest request, ServerCallContext context) => Task.FromResult(
        new Wire.ListVersionsResponse { ModelVersions = { models.Versions(ResourceNames.Id(request.Parent)).Reverse().Select(Map) } });

    public override Task<Wire.GetVersionResponse> GetVersion(Wire.GetVersionRequest request, ServerCallContext context)
    {
        (string model, long version) = ResourceNames.Parse(request.Name);
        return Task.FromResult(new Wire.GetVersionResponse { ModelVersion = Map(models.Resolve(new ModelSelector(model) { Version = version })) });
    }

    public override Task<Wire.SetLabelResponse> SetLabel(Wire.SetLabelRequest request, ServerCallContext context)
    {
        string model = ResourceNames.Id(request.Model);
        long before = models.Get(model).Labels.GetValueOrDefault(request.Label);
        models.SetLabel(model, request.Label, request.VersionNumber);
        return Task.FromResult(new Wire.SetLabelResponse { Model = Map(models.Get(model)), PreviousVersionNumber = before });
    }

    private static Wire.Model Map(ModelInfo model)
    {
        Wire.Model wire = new() { Name = ResourceNames.Model(model.Name), LatestVersionNumber = model.LatestVersion };
        wire.VersionLabels.Add(model.Labels.ToDictionary());
        wire.CreateTime = model.Created is { } created ? Timestamp.FromDateTimeOffset(created) : null;
        return wire;
    }

    private static Wire.ModelVersion Map(FakeVersion version) => new()
    {
        Name = version.ResourceName,
        VersionNumber = version.Version,
        State = Wire.ModelVersion.Types.State.Ready,
        TopicCount = version.TopicCount,
        DocumentCount = version.DocumentCount,
        OutlierShare = version.OutlierShare,
        CreateTime = Timestamp.FromDateTimeOffset(version.Created),
        Fit = version.Fit.Length == 0 ? "" : ResourceNames.Fit(version.Fit),
    };
}
